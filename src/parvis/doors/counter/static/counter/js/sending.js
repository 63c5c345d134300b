// Sending once, and weighing a file before it leaves.

/** A button pressed twice sends once; the server would give one receipt in any case. */
export function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.parvisSent) event.preventDefault();
    form.dataset.parvisSent = "1";
  });
  addEventListener("pageshow", () => { delete form.dataset.parvisSent; });
}

/** A file too large is told at once, before minutes of sending. */
export function weighed(field) {
  field.addEventListener("change", () => {
    const heavy = [...field.files].some((file) => file.size > Number(field.dataset.parvisMost) * 1024 * 1024);
    field.setCustomValidity(heavy ? field.dataset.parvisTooLarge : "");
    field.reportValidity();
  });
}
