// Questions that an answer on the same page opens: shown at once. Without a script, [Save] brings them.
import { valueOf } from "./fields.js";

export function conditions(form) {
  const parts = [...form.querySelectorAll("[data-parvis-when]")];
  if (!parts.length) return;

  function holds(part) {
    const given = [valueOf(form, part.dataset.parvisWhen)].flat();
    const wanted = part.dataset.parvisIs.split(",").map((one) => one.trim()).filter(Boolean);
    return given.some((one) => (wanted.length ? wanted.includes(one) : one && one !== "no"));
  }

  function parentOf(part) {
    return form.querySelector(`[name="r:${CSS.escape(part.dataset.parvisWhen)}"]`)?.closest("[data-parvis-when]");
  }

  function show() {
    for (const part of parts) { // in the order of the form: a question stands after the one it depends on
      if (valueOf(form, part.dataset.parvisWhen) === undefined) continue; // asked on another page: the server has said
      part.hidden = !holds(part) || Boolean(parentOf(part)?.hidden);
    }
  }

  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("parvis-put", show);
  show();
}
