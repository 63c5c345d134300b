// What takes a while says so at once, and is asked only once.

export function slow() {
  const told = document.querySelector("[data-parvis-waiting]");
  let counting = 0;
  const say = (words) => {
    const since = Date.now();
    const seconds = document.createElement("span");
    seconds.setAttribute("aria-hidden", "true");
    told.hidden = false;
    told.replaceChildren(words, " ", seconds);
    counting = setInterval(() => { seconds.textContent = `${Math.round((Date.now() - since) / 1000)} s`; }, 1000);
  };
  for (const link of document.querySelectorAll("[data-parvis-slow]")) {
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey) say(link.dataset.parvisSlow);
    });
  }
  for (const form of document.querySelectorAll("[data-parvis-slow-form]")) {
    form.addEventListener("submit", () => {
      say(form.dataset.parvisSlowForm);
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
  }
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    clearInterval(counting);
    told.hidden = true;
    for (const button of document.querySelectorAll("[data-parvis-slow-form] button")) button.disabled = false;
  });
}
