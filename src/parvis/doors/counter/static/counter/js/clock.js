// The time left until a call closes, by the server's clock: this machine's may be wrong, or may have slept. Each answer of
// the server sets it right. A closing moment that is moved while the form is open is told in the page.

import { figures } from "./figures.js";

const DAY = 86400000;

export function clock() {
  const place = document.querySelector("[data-parvis-clock]");
  if (!place) return { closes: 0, heard() {} };
  const lang = document.documentElement.lang;
  const days = figures({ style: "unit", unit: "day", unitDisplay: "long" });
  let ahead = Number(place.dataset.parvisNow) - Date.now();
  const held = { closes: Number(place.dataset.parvisCloses), heard };

  function tell() {
    const left = held.closes - Date.now() - ahead;
    const words = left <= 0 ? place.dataset.sayOver : place.dataset.sayLeft.replace("{left}", spelt(left));
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("is-over", left <= 0);
  }

  function spelt(left) {
    if (left >= DAY) return days.format(Math.floor(left / DAY));
    const seconds = Math.floor(left / 1000);
    return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  }

  /** What an answer of the server says of its hour, and of the closing. */
  function heard(said) {
    if (said.moment) ahead = said.moment - Date.now();
    if (said.closing) {
      held.closes = said.closing.at;
      document.querySelector("[data-parvis-closing-words]").textContent = said.closing.words;
      const notice = document.querySelector("[data-parvis-moved]");
      const words = document.createElement("p");
      words.textContent = said.closing.said;
      notice.hidden = false; // shown before its words come: a live region tells what is put in it
      notice.replaceChildren(words);
    }
    tell();
  }

  tell();
  setInterval(tell, 1000);
  return held;
}
