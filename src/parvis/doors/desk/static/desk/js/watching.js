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
      done.textContent = new Intl.NumberFormat(document.documentElement.lang).format(said.done);
      what.textContent = said.what;
    } catch {
      // The next look may do better.
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}
