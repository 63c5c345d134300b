// A page that says how far a work is asks again until there is something else to show.
const EVERY = 1200;

export function follow(told) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Parvis-Progress": "1" }, redirect: "manual" });
      const page = answer.status === 200 ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      const now = page?.querySelector("[data-parvis-progress]");
      if (!now) { location.replace(location.href); return; }
      if (now.innerHTML !== told.innerHTML) told.innerHTML = now.innerHTML;
    } catch {
      // the network is away for a moment: ask again
    }
    setTimeout(again, EVERY);
  };
  setTimeout(again, EVERY);
}
