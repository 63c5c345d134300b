// How many signs a text has of those it may have, told at every stroke. No field has the browser's own limit, which
// would cut a long text as it is pasted: the text is kept whole, and the server says the sentence.

import { figures } from "./figures.js";

/** A count as the page writes it. */
export const figure = (count) => figures().format(count);

export function limits(form) {
  const say = form.dataset;

  function tell(field) {
    const place = field.closest("[data-parvis-cell]")?.querySelector("[data-parvis-count]");
    if (!place) return;
    const used = [...field.value].length, most = Number(place.dataset.parvisCount);
    place.textContent = say.saySigns.replace("{used}", figure(used)).replace("{most}", figure(most));
    place.classList.toggle("wrong", used > most);
  }

  for (const field of form.querySelectorAll("[data-parvis-limit]")) tell(field);
  for (const kind of ["input", "parvis-put"]) {
    form.addEventListener(kind, (event) => { if (event.target.matches?.("[data-parvis-limit]")) tell(event.target); });
  }
}
