// Repeated lines: one more without asking the server, under a name no colleague's line can have.

function fresh(line, code) {
  const old = line.dataset.parvisLine;
  const id = [...crypto.getRandomValues(new Uint8Array(4))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const copy = line.cloneNode(true);
  copy.dataset.parvisLine = id;
  for (const element of copy.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const renamed = value.replaceAll(`${code}.${old}.`, `${code}.${id}.`).replaceAll(`${code}-${old}-`, `${code}-${id}-`);
      if (renamed !== value) element.setAttribute(name, renamed);
    }
    if (element.matches(".gone")) element.hidden = false;
    if (element.matches("input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select")) element.value = "";
    else if (element.matches("input[type=radio], input[type=checkbox]")) element.checked = false;
  }
  return copy;
}

export function lines(form) {
  for (const list of form.querySelectorAll("[data-parvis-lines]")) {
    const spare = list.querySelector(".spare");
    if (!spare) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = spare.querySelector("summary").textContent;
    const model = spare.querySelector("[data-parvis-line]");
    spare.replaceWith(button);
    button.addEventListener("click", () => {
      const line = fresh(model, list.dataset.parvisLines);
      button.before(line);
      line.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
    for (const kind of ["change", "parvis-put"]) {
      list.addEventListener(kind, (event) => {
        if (!event.target.name?.endsWith(".-gone")) return;
        const line = event.target.closest("[data-parvis-line]");
        line.classList.toggle("is-gone", event.target.checked);
        if (!event.target.checked) line.querySelector("[data-parvis-taken]").textContent = "";
      });
    }
  }
}

/** Whether a path is that of a line of this page. */
export function isOfLine(form, path) {
  const [list, line, column] = path.split(".");
  return Boolean(column) && Boolean(line) && Boolean(form.querySelector(`[data-parvis-lines="${CSS.escape(list)}"]`));
}

/** Lines that a colleague began since the page was opened: taken from the page as it stands now. */
export async function bring(form, wanted) {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of wanted) {
    const [list, id] = name.split(".");
    const here = form.querySelector(`[data-parvis-lines="${CSS.escape(list)}"]`);
    const line = now.querySelector(`[data-parvis-lines="${CSS.escape(list)}"] > [data-parvis-line="${CSS.escape(id)}"]`);
    if (!line || here.querySelector(`[data-parvis-line="${CSS.escape(id)}"]`)) continue;
    const last = [...here.children].findLast((one) => one.matches("[data-parvis-line]"));
    if (last) last.after(document.adoptNode(line));
    else here.querySelector(":scope > button, :scope > .spare")?.before(document.adoptNode(line));
  }
}
