// Counts and sums as the server writes them, grouped from a thousand on: the Portuguese of Portugal, not that of Brazil.

/** What writes numbers in the language of the page. */
export function figures(how = {}) {
  const lang = document.documentElement.lang;
  return new Intl.NumberFormat(lang === "pt" ? "pt-PT" : lang, { useGrouping: "always", ...how });
}
