// A form that never loses a word. Each field is kept in this browser at every stroke and sent at each pause; what the
// server answers is shown as it is. When two people write in one field both texts are kept, and a person chooses.
import { cellOf, elementsOf, pathOf, revisionOf, saidIn, setRevision, setValue, valueOf } from "./fields.js";
import { Kept, same } from "./kept.js";
import { changed } from "./later.js";
import { figure } from "./limits.js";
import { bring, isOfLine } from "./lines.js";

const PAUSE = 800;
const LOOK_EVERY = 10000;
const SLOWEST = 30000;
const AT_ONCE = 100;
const SIZE_AT_ONCE = 300000; // signs: under what the server reads, whatever the script they are written in

export function autosave(form, closing) {
  const kept = new Kept(document.body.dataset.parvisPerson ?? "", form.dataset.parvisFile);
  const line = document.querySelector("[data-parvis-status]");
  const say = form.dataset;
  let name = windowName();
  const met = new Map(); // fields in which two texts wait for a choice, by path
  const refused = new Map(); // texts the server would not keep, by field: sent again once they change
  let token = form.elements.csrfmiddlewaretoken.value;
  let timer = 0, retry = 2000, busy = false, seen = 0, ended = false;

  function tell(words, kind = "", link = "") {
    line.className = `status ${kind}`.trim();
    line.textContent = words;
    if (!link) return;
    const way = document.createElement("a");
    way.href = link;
    way.textContent = say.saySignIn;
    line.append(" ", way);
  }

  function note(path) {
    const value = valueOf(form, path);
    if (value === undefined) return;
    kept.put(path, value, revisionOf(form, path));
    if (!ended) tell(say.sayTyping, "is-busy");
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  }

  async function flush() {
    clearTimeout(timer);
    const saves = batch();
    if (busy || !saves.length) return;
    busy = true;
    if (!ended) tell(say.saySaving, "is-busy");
    try {
      const answer = await post(saves);
      await take(answer, saves);
    } catch {
      tell(say.sayOffline, "is-trouble");
      timer = setTimeout(flush, retry);
      retry = Math.min(retry * 2, SLOWEST);
    }
    busy = false;
  }

  /** The next fields to send: no more than the server reads at once, and none that it has refused as it stands. */
  function batch() {
    const found = [];
    let size = 0;
    for (const [field, held] of kept.fields) {
      if (refused.has(field) && same(refused.get(field), held.value)) continue;
      if (typeof held.value === "string" && held.value.length > SIZE_AT_ONCE) {
        tooLong(field, held.value);
        continue;
      }
      size += JSON.stringify(held.value).length;
      if (found.length && (found.length === AT_ONCE || size > SIZE_AT_ONCE)) break;
      found.push({ field, value: held.value, base: held.base });
    }
    return found;
  }

  /** Too long to be sent at all: told here; the words stay in the page and in this browser. */
  function tooLong(field, value) {
    refused.set(field, value);
    tell(say.sayRefused, "is-trouble");
    const most = Number(cellOf(form, field)?.querySelector("[data-parvis-count]")?.dataset.parvisCount ?? say.parvisLongest);
    mark(field, say.sayOver.replace("{over}", figure([...value].length - most)).replace("{most}", figure(most)));
  }

  function post(saves) {
    return fetch(form.dataset.parvisSave, {
      method: "POST",
      keepalive: JSON.stringify(saves).length < 60000,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
      body: JSON.stringify({ window: name, saves, version: Number(form.dataset.parvisVersion ?? 0), closes: closing.closes }),
    });
  }

  async function take(answer, saves) {
    if (answer.status === 401) return sessionEnded();
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.status === 403 && !said) return freshToken();
    if (answer.status === 409 && said) return tell(said.closed ?? say.sayClosed, "is-trouble");
    if (answer.status >= 500 || !said) throw new Error("not now");
    if (!answer.ok) return tell(said.refused ?? say.sayRefused, "is-trouble");
    retry = 2000;
    ended = false;
    for (const { field, value } of saves) {
      if (field in said.revisions) {
        setRevision(form, field, said.revisions[field]);
        kept.done(field, value, said.revisions[field]);
      }
      if (field in said.others) twoTexts(field, value, said.others[field]);
      else if (field in said.revisions) metNoMore(field);
      if (said.refusals?.[field]) refused.set(field, value);
      mark(field, said.refusals?.[field] ?? said.notes[field] ?? "");
    }
    for (const [path, row] of Object.entries(said.gone ?? {})) takenOut(path, row);
    form.dispatchEvent(new CustomEvent("parvis-saved", { detail: said }));
    changed(form, said.later);
    closing.heard(said);
    const told = Object.values(said.refusals ?? {});
    tell(told.length ? told.join(" ") : say.saySaved.replace("{hour}", said.at), told.length ? "is-trouble" : "");
    if (batch().length) timer = setTimeout(flush, PAUSE);
  }

  function mark(path, sentence) {
    const place = cellOf(form, path)?.querySelector("[data-parvis-note]");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  function sessionEnded() {
    ended = true;
    tell(say.saySession, "is-trouble", form.dataset.parvisSignIn);
    timer = setTimeout(flush, 15000); // signed in again in another tab: the words go by themselves
  }

  /** After a new sign-in in another tab the page's token is old: ask for this session's. */
  async function freshToken() {
    const answer = await fetch(form.dataset.parvisNow, { headers: { Accept: "application/json" } });
    if (answer.status === 401) return sessionEnded();
    const said = await answer.json();
    const old = token;
    token = said.token;
    form.elements.csrfmiddlewaretoken.value = token;
    if (old === token) return tell(say.sayRefused, "is-trouble");
    ended = false;
    timer = setTimeout(flush, 50);
  }

  /** Both are kept. The field stays over the revision it was begun with: what is typed on goes beside the other's words. */
  function twoTexts(path, mine, other) {
    kept.done(path, mine, revisionOf(form, path)); // what was typed since is sent next
    met.set(path, { mine, revision: other.revision, id: other.id });
    const cell = cellOf(form, path);
    if (!cell) return;
    cell.querySelector(".two-texts")?.remove();
    const box = document.createElement("div");
    box.className = "two-texts";
    box.setAttribute("role", "group");
    const told = document.createElement("p");
    told.textContent = say.sayTwo.replace("{who}", other.who).replace("{hour}", other.hour);
    const both = document.createElement("div");
    both.className = "two";
    both.append(side(path, other.who, other.held, `${other.id}:held`), side(path, say.sayMine, mine, `${other.id}:other`));
    box.append(told, both);
    cell.append(box);
  }

  function metNoMore(path) {
    if (met.delete(path)) cellOf(form, path)?.querySelector(".two-texts")?.remove();
  }

  /** A colleague took out the line one writes in: told in it, and one may put it back. */
  function takenOut(path, row) {
    if (kept.words.has(path)) return;
    setValue(form, path, row.value);
    setRevision(form, path, row.revision);
    const line = elementsOf(form, path)[0]?.closest("[data-parvis-line]");
    const place = line?.querySelector("[data-parvis-taken]");
    if (place) place.textContent = row.value && !row.mine ? say.sayTaken.replace("{who}", row.who).replace("{hour}", row.hour) : "";
  }

  function side(path, who, value, choice) {
    const part = document.createElement("div");
    const label = document.createElement("p");
    label.className = "note";
    label.textContent = who;
    const text = document.createElement("blockquote");
    text.textContent = saidIn(form, path, value ?? "");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = say.sayThis;
    button.addEventListener("click", () => choose(path, choice));
    part.append(label, text, button);
    return part;
  }

  async function choose(path, choice) {
    const said = new URLSearchParams({ choice, field: path, window: name, csrfmiddlewaretoken: token });
    try {
      const answer = await fetch(form.dataset.parvisChoose, { method: "POST", body: said });
      if (answer.status === 401) return sessionEnded();
      const now = await answer.json();
      if (!answer.ok) return tell(now.refused ?? say.sayRefused, "is-trouble");
      setValue(form, path, now.value);
      setRevision(form, path, now.revision);
      kept.drop(path);
      metNoMore(path);
    } catch {
      tell(say.sayOffline, "is-trouble");
    }
  }

  /** A colleague's words appear where nobody is writing here. */
  async function look() {
    if (document.hidden || ended) return;
    try {
      const answer = await fetch(`${form.dataset.parvisNow}?since=${seen}&version=${form.dataset.parvisVersion ?? 0}&closes=${closing.closes}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const said = await answer.json();
      seen = said.moment - 2000;
      changed(form, said.later);
      closing.heard(said);
      const unseen = new Set(); // lines a colleague added
      for (const [path, row] of Object.entries(said.fields)) {
        const here = valueOf(form, path);
        if (here === undefined && isOfLine(form, path)) unseen.add(path.split(".", 2).join("."));
        if (met.has(path)) {
          if (row.revision > met.get(path).revision) twoTexts(path, met.get(path).mine, { ...row, id: met.get(path).id, held: row.value });
          continue;
        }
        if (path.endsWith(".-gone") && row.revision > revisionOf(form, path)) takenOut(path, row);
        const writing = form.contains(document.activeElement) && document.activeElement.name === path;
        if (here === undefined || kept.words.has(path) || writing || row.revision <= revisionOf(form, path)) continue;
        if (!same(here, row.value)) setValue(form, path, row.value);
        setRevision(form, path, row.revision);
        if (!row.mine) credit(path, row);
      }
      if (unseen.size) await bring(form, unseen);
    } catch { /* offline: the next look will tell */ }
  }

  function credit(path, row) {
    const foot = cellOf(form, path)?.querySelector(".cell-foot");
    if (!foot) return;
    const place = foot.querySelector("[data-parvis-who]") ?? foot.appendChild(document.createElement("span"));
    place.dataset.parvisWho = "";
    place.className = "note";
    place.textContent = say.sayWho.replace("{who}", row.who).replace("{hour}", row.hour);
  }

  for (const [path, held] of kept.fields) { // words of an earlier visit: put back, then sent
    if (valueOf(form, path) !== undefined) setValue(form, path, held.value);
  }
  form.addEventListener("input", (event) => {
    const path = pathOf(event.target);
    if (path) note(path);
  });
  form.addEventListener("change", (event) => {
    const path = pathOf(event.target);
    if (path && !same(kept.words.get(path)?.value, valueOf(form, path))) note(path);
  });
  form.addEventListener("submit", (event) => {
    if (ended || !navigator.onLine) { // the page's words are safe here; a form sent now would only meet a closed door
      event.preventDefault();
      flush();
    }
  });
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); else look(); });
  addEventListener("pagehide", flush);
  setInterval(look, LOOK_EVERY);
  claimed(name).then((own) => {
    name = own;
    form.elements["-window"].value = own;
    if (kept.fields.length) flush();
  });
  return { note, flush };
}

/** A name for this tab, so that the server tells a late answer from a colleague. */
function windowName() {
  return sessionStorage.getItem("parvis-window") ?? newName();
}

function newName() {
  const made = [...crypto.getRandomValues(new Uint8Array(9))].map((one) => one.toString(36)).join("");
  sessionStorage.setItem("parvis-window", made);
  return made;
}

/** The name, if no other tab bears it; a tab that was doubled takes one of its own, or one would write over the other. */
function claimed(name) {
  if (!navigator.locks) return Promise.resolve(name);
  return new Promise((tell) => {
    navigator.locks.request(`parvis-window:${name}`, { ifAvailable: true }, (lock) => {
      tell(lock ? name : claimed(newName()));
      return lock ? new Promise(() => {}) : undefined; // held as long as the page stands
    });
  });
}
