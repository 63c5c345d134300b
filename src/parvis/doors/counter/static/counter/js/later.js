// A call that changed while its form is open: told in the page, quietly. What is being written is left as it is.

/** Show what the server says of a later version, once for each version. */
export function changed(form, later) {
  const place = document.querySelector("[data-parvis-later]");
  if (!later || !place || later.version <= Number(form.dataset.parvisVersion ?? 0)) return;
  form.dataset.parvisVersion = later.version;
  const link = element("a", later.way);
  link.href = later.link;
  const list = document.createElement("ul");
  list.append(...later.changes.map((one) => element("li", one)));
  const way = document.createElement("p");
  way.append(link);
  place.hidden = false; // shown before its words come: a live region tells what is put in it
  place.replaceChildren(element("p", later.said), ...(later.changes.length ? [list] : []), way);
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
