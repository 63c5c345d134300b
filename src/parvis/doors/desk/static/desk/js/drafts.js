// Words not saved yet are kept in this browser: a lost session, a closed tab or a refused save loses nothing.

const PREFIX = "parvis-draft:";
const SENT = "parvis-sent";
const DAYS = 7 * 24 * 3600 * 1000;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "seen_revision"]);

/** What a form holds, as it would be sent, without what belongs to the session. */
function written(form) {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string" && !name.endsWith(".-place"));
}

/** Put kept words back, adding the lines they need. */
function put(form, kept) {
  const byName = new Map();
  for (const [name, value] of kept) byName.set(name, [...(byName.get(name) ?? []), value]);
  for (const name of byName.keys()) {
    const [, list, place] = name.match(/^([^.]+)\.(\d+)\./) ?? [];
    if (!list) continue;
    const section = form.querySelector(`[data-parvis-lines="${CSS.escape(list)}"]`);
    while (section && section.querySelectorAll("[data-parvis-line]").length <= Number(place)) section.querySelector(".add-line").click();
    const line = section?.querySelectorAll("[data-parvis-line]")[Number(place)];
    line?.closest("details")?.setAttribute("open", "");
  }
  for (const field of form.elements) {
    if (!field.name || LEFT_OUT.has(field.name) || field.type === "hidden" || field.name.endsWith(".-place")) continue;
    const values = byName.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.closest("[data-parvis-several]")) continue;
    else field.value = values[0] ?? "";
  }
  for (const list of form.querySelectorAll("[data-parvis-several]")) {
    const name = list.querySelector("input").name;
    (byName.get(name) ?? []).filter(Boolean).forEach((value, place) => {
      const box = list.querySelectorAll("input")[place];
      box.value = value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/** Keep a form's words as they are written, and offer them back. */
export function draft(form) {
  const person = document.body.dataset.parvisPerson ?? "";
  const key = `${PREFIX}${person}:${form.dataset.parvisDraft}`;
  const note = form.querySelector("[data-parvis-unsaved-note]");
  const offer = form.querySelector("[data-parvis-offer]");
  const before = JSON.stringify(written(form));
  let timer = 0, changed = false;

  if (document.querySelector(".note-box.saved")) {
    const sent = sessionStorage.getItem(SENT);
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  }
  const kept = read(key);
  const refused = document.querySelector(".refusals");
  if (kept && !refused && JSON.stringify(kept.words) !== before) {
    offer.hidden = false;
    offer.querySelector("[data-parvis-offer-when]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    offer.querySelector("[data-parvis-take-draft]").addEventListener("click", () => {
      put(form, kept.words);
      offer.hidden = true;
      changed = true;
      form.querySelector("input:not([type=hidden]), textarea")?.focus();
    });
    offer.querySelector("[data-parvis-drop-draft]").addEventListener("click", () => {
      localStorage.removeItem(key);
      offer.hidden = true;
    });
  }
  const keep = () => {
    const at = new Date();
    try {
      localStorage.setItem(key, JSON.stringify({ at: at.toISOString(), words: written(form) }));
    } catch {
      return; // no room, or not allowed: the page itself still holds the words
    }
    if (note) note.textContent = `${note.dataset.parvisKept} ${at.toLocaleTimeString(document.documentElement.lang)}`;
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (changed || refused) keep();
    changed = false;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  addEventListener("pagehide", () => { if (changed) keep(); });
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (kept && Date.now() - Date.parse(kept.at) < DAYS) return kept;
  } catch { /* not ours, or broken: nothing to offer */ }
  localStorage.removeItem(key);
  return null;
}

/** Signing out on purpose leaves no words behind. */
export function forget(form) {
  form.addEventListener("submit", () => {
    const mine = `${PREFIX}${document.body.dataset.parvisPerson ?? ""}:`;
    for (const key of Object.keys(localStorage)) if (key.startsWith(mine)) localStorage.removeItem(key);
  });
}
