// Places by their name: those that bear it are listed, and a person chooses.

export function places(form, saving) {
  let timer = 0;

  async function look(line) {
    const name = line.querySelector("[data-parvis-place] input:not([type=hidden])").value.trim();
    const country = line.querySelector("[data-parvis-place] select").value;
    if (name.length < 2) return;
    try {
      const answer = await fetch(`${form.dataset.parvisPlaces}?${new URLSearchParams({ name, country })}`);
      if (answer.ok) show(line, (await answer.json()).places);
    } catch { /* offline: the name is kept, the choice comes later */ }
  }

  function show(line, found) {
    const box = line.querySelector("[data-parvis-candidates]");
    const path = box.dataset.parvisCell;
    const chosen = box.querySelector("input[type=radio]:checked")?.value;
    for (const old of box.querySelectorAll("label, p")) old.remove();
    if (!found.length) {
      const none = document.createElement("p");
      none.className = "note";
      none.textContent = form.dataset.sayPlaces;
      box.append(none);
    }
    for (const place of found) {
      const label = document.createElement("label");
      label.className = "tick";
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = path;
      radio.value = place.geoname;
      radio.checked = place.geoname === chosen;
      radio.dataset.parvisCountry = place.country;
      radio.dataset.parvisCalled = place.called;
      label.append(radio, ` ${place.said}`);
      box.append(label);
    }
  }

  form.addEventListener("change", (event) => { // a place that is chosen says its name and country, whoever drew the list
    const { parvisCountry: code, parvisCalled: called } = event.target.dataset ?? {};
    if (!code) return;
    const place = event.target.closest("[data-parvis-line]").querySelector("[data-parvis-place]");
    for (const [field, said] of [[place.querySelector("input:not([type=hidden])"), called], [place.querySelector("select"), code]]) {
      if (!said || field.value === said) continue;
      field.value = said;
      saving.note(field.name);
    }
  });
  form.addEventListener("input", (event) => {
    const place = event.target.closest?.("[data-parvis-place]");
    if (!place) return;
    clearTimeout(timer);
    timer = setTimeout(() => look(place.closest("[data-parvis-line]")), 400);
  });
}
