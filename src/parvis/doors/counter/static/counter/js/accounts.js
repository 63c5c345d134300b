// The gap between budget and accounts, told while it is typed. The server reads the amounts again; its word stands.
import { amount } from "./budget.js";

export function accounts(table) {
  const money = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const said = (cents) => (Number.isNaN(cents) ? "—" : money.format(cents / 100));
  const shared = (gap, budget) => (budget && !Number.isNaN(gap) ? share.format((gap * 100) / budget) : "");
  const cents = (text) => Math.round(amount(text) * 100);

  function line(row) {
    const typed = row.querySelector("[data-parvis-foreseen]");
    const actual = cents(row.querySelector("[data-parvis-actual]").value);
    const budget = typed ? cents(typed.value) : Math.round(Number(row.querySelector("[data-parvis-planned]").dataset.parvisPlanned) * 100);
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
