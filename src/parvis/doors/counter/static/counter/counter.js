// Small behaviours of the counter, one module each. Writing, saving and sending work without any of them.
import { accounts } from "./js/accounts.js";
import { autosave } from "./js/autosave.js";
import { budget } from "./js/budget.js";
import { clock } from "./js/clock.js";
import { conditions } from "./js/conditions.js";
import { lines } from "./js/lines.js";
import { places } from "./js/places.js";
import { limits } from "./js/limits.js";
import { once, weighed } from "./js/sending.js";

const closing = clock();
for (const form of document.querySelectorAll("[data-parvis-save]:not([data-parvis-read-only])")) {
  lines(form);
  conditions(form);
  for (const table of form.querySelectorAll("[data-parvis-budget]")) budget(table);
  for (const table of form.querySelectorAll("[data-parvis-accounts]")) accounts(table);
  limits(form);
  const saving = autosave(form, closing);
  places(form, saving);
}
for (const form of document.querySelectorAll("[data-parvis-once]")) once(form);
for (const field of document.querySelectorAll("[data-parvis-most]")) weighed(field);
for (const form of document.querySelectorAll("[data-parvis-preview]")) {
  conditions(form);
  for (const table of form.querySelectorAll("[data-parvis-budget]")) budget(table);
}

const refused = document.querySelector(".said.error[role=alert]");
if (refused) {
  // Where a link led before, as "Skip to the content", stays in the address: the browser would go back there.
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  refused.tabIndex = -1;
  refused.focus();
}
