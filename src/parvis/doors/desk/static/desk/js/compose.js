// Reordering by dragging, beside the buttons that do the same without a script.

export function compose(form) {
  for (const list of form.querySelectorAll("[data-parvis-drag]")) draggable(form, list);
}

function draggable(form, list) {
  const rows = [...list.children].filter((one) => one.dataset.parvisCode);
  let held = null;
  for (const row of rows) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      event.stopPropagation(); // a column is dragged among its columns, not with its lines
      held = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.parvisCode);
      row.classList.add("is-dragged");
    });
    row.addEventListener("dragend", () => {
      held?.classList.remove("is-dragged");
      held = null;
      for (const one of rows) one.classList.remove("is-over");
    });
    row.addEventListener("dragover", (event) => {
      if (!held || held === row) return;
      event.preventDefault();
      event.stopPropagation();
      row.classList.add("is-over");
    });
    row.addEventListener("dragleave", () => row.classList.remove("is-over"));
    row.addEventListener("drop", (event) => {
      if (!held || held === row) return;
      event.preventDefault();
      event.stopPropagation();
      const side = rows.indexOf(held) < rows.indexOf(row) ? "after" : "before";
      send(form, `${side} ${list.dataset.parvisDrag} ${held.dataset.parvisCode} ${row.dataset.parvisCode}`);
    });
  }
}

function send(form, asked) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "do";
  field.value = asked;
  form.append(field);
  form.submit();
}
