// "/" goes to search, "g" then "t" to Today, "?" lists the keys. They can be switched off in each browser.

const OFF = "parvis-keys-off";

export function keys() {
  const box = document.getElementById("keys");
  if (!box) return;
  const choice = box.querySelector("[data-parvis-keys-on]");
  choice.checked = localStorage.getItem(OFF) === null;
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  for (const button of document.querySelectorAll("[data-parvis-show-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => box.showModal());
  }
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || box.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("desk-search").focus();
    } else if (event.key === "?") {
      event.preventDefault();
      box.showModal();
    } else if (before === "g" && event.key === "t") {
      location.assign(document.querySelector("[data-parvis-today]").href);
    }
    before = event.key;
  });
}
