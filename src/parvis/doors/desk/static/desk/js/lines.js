// Lists of a form: one more line without asking the server.

/** A copy of a line, empty, renamed for its place. */
function fresh(line, place) {
  const copy = line.cloneNode(true);
  for (const field of copy.querySelectorAll("[name]")) {
    field.name = field.name.replace(/^([^.]+)\.\d+\./, `$1.${place}.`);
    if (field.type === "checkbox") field.checked = false;
    else if (field.name.endsWith(".-place")) field.value = place + 1;
    else field.value = "";
  }
  for (const element of copy.querySelectorAll("[id], [for], [aria-describedby], [aria-labelledby]")) {
    for (const name of ["id", "for", "aria-describedby", "aria-labelledby"]) {
      const said = element.getAttribute(name);
      if (said) element.setAttribute(name, said.replace(/(id_[^.\s]+)\.\d+\./g, `$1.${place}.`));
    }
  }
  for (const wrong of copy.querySelectorAll(".cell-error, .choices")) wrong.remove();
  for (const field of copy.querySelectorAll("[data-parvis-bound]")) delete field.dataset.parvisBound;
  for (const list of copy.querySelectorAll("[data-parvis-several]")) {
    [...list.querySelectorAll("input")].slice(1).forEach((input) => input.closest(".choosing")?.remove() ?? input.remove());
  }
  return copy;
}

/** Under the empty line of a list, a button that adds another. */
export function addLines(section, awake) {
  const spare = section.querySelector(".sheet-spare");
  if (!spare) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "add-line";
  button.textContent = spare.querySelector("summary").textContent;
  button.addEventListener("click", () => {
    const lines = section.querySelectorAll("[data-parvis-line]");
    const copy = fresh(lines[lines.length - 1], lines.length);
    lines[lines.length - 1].after(copy);
    for (const list of copy.querySelectorAll("[data-parvis-several]")) addKeys(list, awake);
    awake(copy);
    copy.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  spare.append(button);
}

/** In a list of records, an empty box always waits after the last one filled. */
export function addKeys(list, awake) {
  list.addEventListener("input", (event) => {
    const boxes = [...list.querySelectorAll("input")];
    if (event.target !== boxes[boxes.length - 1] || !event.target.value) return;
    const last = event.target.closest(".choosing") ?? event.target;
    const box = event.target.cloneNode();
    box.value = "";
    box.removeAttribute("value");
    delete box.dataset.parvisBound;
    last.after(box);
    awake(list);
  });
}
