// A record is chosen by its title: the box asks the desk as one writes. Written by hand, the title alone is enough.

const WAIT = 180;
let counted = 0;

/** Wake every box that names a record inside an element. */
export function chooseIn(root) {
  for (const box of root.querySelectorAll("input[data-parvis-choose]:not([data-parvis-bound])")) choose(box);
}

function choose(box) {
  box.dataset.parvisBound = "";
  const list = document.createElement("ul");
  const around = document.createElement("span");
  let shown = [], at = -1, timer = 0, asked = 0;
  counted += 1;
  list.id = `choices-${counted}`;
  list.className = "choices";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  if (box.getAttribute("aria-labelledby")) list.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby"));
  else list.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(box.id)}"]`)?.textContent ?? "");
  around.className = "choosing";
  box.before(around);
  around.append(box, list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (place) => {
    box.value = shown[place].written;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer);
    close();
  };
  const mark = (place) => {
    at = (place + shown.length) % shown.length;
    [...list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === at)));
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const mine = ++asked;
    const address = `/bureau/choix/?nouns=${encodeURIComponent(box.dataset.parvisChoose === "any" ? "" : box.dataset.parvisChoose)}&q=${encodeURIComponent(box.value)}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const { choices } = await answer.json();
      if (mine !== asked || document.activeElement !== box) return;
      shown = choices;
    } catch {
      return; // offline: the title written by hand is enough
    }
    list.replaceChildren(...shown.map((each, place) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const note = document.createElement("span");
      note.className = "note";
      note.textContent = each.note;
      item.append(each.title, " ", note);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    list.hidden = shown.length === 0;
    at = -1;
    box.setAttribute("aria-expanded", String(shown.length > 0));
  };
  box.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown" && box.value.trim()) { event.preventDefault(); ask(); }
      return;
    }
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(at); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  box.addEventListener("blur", close);
}
