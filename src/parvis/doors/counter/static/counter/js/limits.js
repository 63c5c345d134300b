// How many signs a text has of those it may have. The browser's own limit would cut a long text as it is pasted: it
// is lifted here and the text is kept whole. The server says the sentence; the count is told at every stroke.

export function limits(form) {
  const say = form.dataset;

  function tell(field) {
    const place = field.closest("[data-parvis-cell]")?.querySelector("[data-parvis-count]");
    if (!place) return;
    const used = [...field.value].length, most = Number(place.dataset.parvisCount);
    place.textContent = say.saySigns.replace("{used}", used).replace("{most}", most);
    place.classList.toggle("wrong", used > most);
  }

  for (const field of form.querySelectorAll("[data-parvis-limit]")) {
    field.removeAttribute("maxlength");
    tell(field);
  }
  for (const kind of ["input", "parvis-put"]) {
    form.addEventListener(kind, (event) => { if (event.target.matches?.("[data-parvis-limit]")) tell(event.target); });
  }
}
