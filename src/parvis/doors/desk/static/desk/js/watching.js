// Long work that goes on elsewhere: say how far it is, and show the page again when it is done.
const EVERY = 1000;

export function watch(work) {
  const done = work.querySelector("[data-parvis-watch-done]");
  const what = work.querySelector("[data-parvis-watch-what]");
  const look = async () => {
    try {
      const answer = await fetch(work.dataset.parvisWatch, { headers: { accept: "application/json" } });
      const said = await answer.json();
      if (said.over) {
        location.reload();
        return;
      }
      const lang = document.documentElement.lang; // the server writes the Portuguese of Portugal
      done.textContent = new Intl.NumberFormat(lang === "pt" ? "pt-PT" : lang, { useGrouping: "always" }).format(said.done);
      what.textContent = said.what;
    } catch {
      // The next look may do better.
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}
