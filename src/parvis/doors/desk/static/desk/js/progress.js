// A page that says how far a work is asks again until there is something else to show. Where somebody may be typing
// meanwhile, what stands around the work is shown again once it is done, and nothing else of the page.
const EVERY = 1200;
const PARTS = "[data-parvis-shown-again]";

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

export function follow(told) {
  const among = told.closest(PARTS);
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Parvis-Progress": "1" }, redirect: "manual" });
      const now = answer.status === 200 ? (await read(answer)).querySelector("[data-parvis-progress]") : null;
      if (!now && !among) { location.replace(location.href); return; }
      if (now) told.innerHTML = now.innerHTML;
      else if (answer.ok && await shown()) return;
    } catch {
      // the network is away for a moment: ask again
    }
    setTimeout(again, EVERY);
  };
  setTimeout(again, EVERY);
}

// What came of it, in its places. Says whether it could be had.
async function shown() {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (answer.status !== 200) return false;
  const page = await read(answer);
  for (const part of document.querySelectorAll(PARTS)) part.replaceWith(page.getElementById(part.id) ?? "");
  const said = page.querySelector(".notices");
  if (said) {
    document.querySelector(".notices")?.remove();
    document.getElementById("content").prepend(said);
  }
  for (const work of document.querySelectorAll("[data-parvis-progress]")) follow(work);
  return true;
}
