// Small behaviours of the desk, one module each. Reading and saving work without any of them.
import { chooseIn } from "./js/choose.js";
import { compose } from "./js/compose.js";
import { draft, forget } from "./js/drafts.js";
import { keys } from "./js/keys.js";
import { addKeys, addLines } from "./js/lines.js";
import { follow } from "./js/progress.js";
import { slow } from "./js/waiting.js";
import { watch } from "./js/watching.js";

for (const section of document.querySelectorAll("[data-parvis-lines]")) addLines(section, chooseIn);
for (const list of document.querySelectorAll("[data-parvis-several]")) addKeys(list, chooseIn);
for (const form of document.querySelectorAll("[data-parvis-draft]")) draft(form);
for (const form of document.querySelectorAll("[data-parvis-compose]")) compose(form);
for (const form of document.querySelectorAll("[data-parvis-forget]")) forget(form);
for (const work of document.querySelectorAll("[data-parvis-watch]")) watch(work);
chooseIn(document);
for (const told of document.querySelectorAll("[data-parvis-progress]")) follow(told);
slow();
keys();

const refused = document.querySelector("[data-parvis-focus]");
if (refused) {
  // Where a link led before, as "Skip to the content", stays in the address: the browser would go back there.
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  refused.focus();
}

// The menu of the rail is open where there is room for it.
const wide = matchMedia("(min-width: 60em)");
const menu = document.querySelector(".rail-menu");
if (menu) {
  const follow = () => { menu.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
}
