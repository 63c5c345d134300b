// The gap of a budget, told while it is typed. The server reads the amounts again, in the same way; its word stands.
import { read } from "./amounts.js";
import { figures } from "./figures.js";

/** How amounts of a table are written: its currency and how many decimals that has. */
export function written(table) {
  return { currency: table.dataset.parvisCurrency ?? "EUR", places: Number(table.dataset.parvisPlaces ?? 2) };
}

export function budget(table) {
  const line = table.querySelector("[data-parvis-gap]");
  const how = written(table), scale = 10 ** how.places;
  const money = figures({ minimumFractionDigits: how.places, maximumFractionDigits: how.places });
  let odd = "";

  function add(side) {
    const fields = table.querySelectorAll(`[data-parvis-side="${side}"] input.number`);
    const cents = [...fields].reduce((sum, field) => sum + Math.round(amount(field) * scale), 0);
    table.querySelector(`[data-parvis-total="${side}"]`).textContent = Number.isNaN(cents) ? "—" : money.format(cents / scale);
    return cents;
  }

  function amount(field) {
    const typed = read(field.value, how);
    if (typed.why === "currency") odd ||= line.dataset.parvisForeign.replace("{said}", typed.said);
    return typed.amount;
  }

  const spelt = (cents) => money.format(Math.abs(cents) / scale);

  const isEmpty = () => [...table.querySelectorAll("[data-parvis-side] input.number")].every((field) => !field.value.trim());

  function tell() {
    odd = "";
    const gap = add("income") - add("costs");
    const kind = add("income_in_kind") - add("costs_in_kind");
    const say = line.dataset;
    line.classList.toggle("is-open", Boolean(gap || kind || Number.isNaN(gap) || Number.isNaN(kind)));
    const told = [gap && (gap < 0 ? say.parvisUnder : say.parvisOver).replace("{gap}", spelt(gap)), kind && say.parvisKind.replace("{gap}", spelt(kind))];
    if (Number.isNaN(gap) || Number.isNaN(kind)) line.textContent = odd || say.parvisUnread;
    else if (isEmpty()) line.textContent = say.parvisEmpty;
    else line.textContent = told.filter(Boolean).join(" ") || say.parvisBalanced;
  }

  table.addEventListener("input", tell);
  table.addEventListener("parvis-put", tell);
  tell();
}
