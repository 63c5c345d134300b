// The gap of a budget, told while it is typed. The server reads the amounts again; its word stands.

/** The amount in what is typed; NaN when it cannot be told. */
export function amount(text) {
  const typed = text.replace(/[\s\u00a0\u202f'’€]/g, "");
  if (!typed) return 0;
  if (!/^\+?[\d.,]+$/.test(typed)) return NaN;
  const comma = typed.lastIndexOf(","), point = typed.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    const mark = comma > point ? "," : ".";
    return Number(typed.replaceAll(mark === "," ? "." : ",", "").replace(mark, "."));
  }
  const mark = comma >= 0 ? "," : point >= 0 ? "." : "";
  if (!mark) return Number(typed);
  if (typed.split(mark).length > 2) return Number(typed.replaceAll(mark, ""));
  return typed.split(mark)[1].length > 2 ? NaN : Number(typed.replace(mark, "."));
}

export function budget(table) {
  const line = table.querySelector("[data-parvis-gap]");
  const written = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  function add(side) {
    const fields = table.querySelectorAll(`[data-parvis-side="${side}"] input.number`);
    const cents = [...fields].reduce((sum, field) => sum + Math.round(amount(field.value) * 100), 0);
    table.querySelector(`[data-parvis-total="${side}"]`).textContent = Number.isNaN(cents) ? "—" : written.format(cents / 100);
    return cents;
  }

  function tell() {
    const gap = add("income") - add("costs");
    const kind = add("income_in_kind") - add("costs_in_kind");
    const say = line.dataset;
    line.classList.toggle("is-open", Boolean(gap || kind || Number.isNaN(gap)));
    const open = gap < 0 ? say.parvisUnder : say.parvisOver;
    if (Number.isNaN(gap) || Number.isNaN(kind)) line.textContent = say.parvisUnread;
    else if (gap) line.textContent = open.replace("{gap}", written.format(Math.abs(gap) / 100));
    else line.textContent = kind ? say.parvisKind.replace("{gap}", written.format(Math.abs(kind) / 100)) : say.parvisBalanced;
  }

  table.addEventListener("input", tell);
  table.addEventListener("parvis-put", tell);
  tell();
}
