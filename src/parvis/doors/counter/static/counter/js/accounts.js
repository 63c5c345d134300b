// The gap between budget and accounts, told while it is typed. The server reads the amounts again; its word stands.
import { read } from "./amounts.js";
import { written } from "./budget.js";
import { figures } from "./figures.js";

export function accounts(table) {
  const how = written(table), scale = 10 ** how.places;
  const money = figures({ minimumFractionDigits: how.places, maximumFractionDigits: how.places });
  const share = figures({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const said = (cents) => (Number.isNaN(cents) ? "—" : money.format(cents / scale));
  const shared = (gap, budget) => (budget && !Number.isNaN(gap) ? share.format((gap * 100) / budget) : "");
  const cents = (text) => Math.round(read(text, how).amount * scale);

  function line(row) {
    const typed = row.querySelector("[data-parvis-foreseen]");
    const actual = cents(row.querySelector("[data-parvis-actual]").value);
    const budget = typed ? cents(typed.value) : Math.round(Number(row.querySelector("[data-parvis-planned]").dataset.parvisPlanned) * scale);
    row.querySelector("[data-parvis-line-gap]").textContent = budget || actual ? said(actual - budget) : "";
    row.querySelector("[data-parvis-line-share]").textContent = shared(actual - budget, budget);
    return [budget, actual];
  }

  function tell() {
    for (const side of table.querySelectorAll("[data-parvis-side]")) {
      const rows = [...side.querySelectorAll("tbody tr")].map(line);
      const [budget, actual] = [0, 1].map((place) => rows.reduce((sum, row) => sum + row[place], 0));
      const put = (name, text) => { side.querySelector(`[data-parvis-sum="${name}"]`).textContent = text; };
      put("budget", said(budget));
      put("actual", said(actual));
      put("gap", said(actual - budget));
      put("share", shared(actual - budget, budget));
    }
  }

  table.addEventListener("input", tell);
  table.addEventListener("parvis-put", tell);
}
