// Small behaviours of the desk. Everything works without them.

/** Add lines to a list of the form without asking the server. */
function addLines(section) {
  const lines = section.querySelectorAll(".sheet-line");
  const last = lines[lines.length - 1];
  if (!last || !section.dataset.parvisLines || ["head", "facts"].includes(section.dataset.parvisLines)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "add-line";
  button.textContent = "+";
  button.setAttribute("aria-label", section.querySelector("h2").textContent + " +");
  button.addEventListener("click", () => {
    const rows = section.querySelectorAll(".sheet-line");
    const fresh = rows[rows.length - 1].cloneNode(true);
    const place = rows.length;
    for (const field of fresh.querySelectorAll("[name]")) {
      field.name = field.name.replace(/^([^.]+)\.\d+\./, `$1.${place}.`);
      const before = field.id;
      field.id = field.id.replace(/\.\d+\./, `.${place}.`);
      const label = fresh.querySelector(`label[for="${CSS.escape(before)}"]`);
      if (label) label.htmlFor = field.id;
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    rows[rows.length - 1].after(fresh);
    fresh.querySelector("[name]").focus();
  });
  section.append(button);
}

/** Say that a form has words not saved yet, and ask before they are lost. */
function watch(form) {
  let changed = false;
  const note = form.querySelector("[data-parvis-unsaved-note]");
  form.addEventListener("input", () => {
    changed = true;
    if (note) note.hidden = false;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

/** "/" goes to search, "g" then "t" to Today. */
function keys() {
  let before = "";
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("desk-search")?.focus();
    } else if (before === "g" && event.key === "t") {
      location.assign(document.querySelector(".rail-mark a").href);
    }
    before = event.key;
  });
}

document.querySelectorAll("[data-parvis-lines]").forEach(addLines);
document.querySelectorAll("[data-parvis-unsaved]").forEach(watch);
document.querySelectorAll("[data-parvis-focus]").forEach((box) => box.focus());
if (document.body.hasAttribute("data-parvis-keys")) keys();
