// The fields of a page: reading what one holds, putting words in it, telling its revision.

const OURS = /^(r:|s:|v:|-|csrf)/;

/** The path of the field an element belongs to; nothing for what is not part of the form. */
export function pathOf(element) {
  const name = element.name ?? "";
  return name && !OURS.test(name) ? name : "";
}

export function elementsOf(form, path) {
  return [...form.elements].filter((one) => one.name === path);
}

export function valueOf(form, path) {
  const all = elementsOf(form, path);
  if (!all.length) return undefined;
  if (form.elements[`s:${path}`]) return all.filter((one) => one.checked).map((one) => one.value);
  if (all[0].type === "radio") return all.find((one) => one.checked)?.value ?? "";
  if (all[0].type === "checkbox") return all[0].checked ? all[0].value : "";
  return all[0].value;
}

export function setValue(form, path, value) {
  const all = elementsOf(form, path);
  for (const one of all) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = Array.isArray(value) ? value.includes(one.value) : one.value === value;
    else one.value = value ?? "";
  }
  all[0]?.dispatchEvent(new Event("parvis-put", { bubbles: true }));
}

/** A value in the words of the page: a choice by its label, anything else as it was typed. */
export function saidIn(form, path, value) {
  const all = elementsOf(form, path);
  const word = (one) => {
    const option = [...(all[0]?.options ?? [])].find((each) => each.value === one);
    const box = all.find((each) => each.value === one && ["radio", "checkbox"].includes(each.type));
    return option?.textContent ?? box?.closest("label")?.textContent.trim() ?? one;
  };
  return [value].flat().map(word).join(", ");
}

export function revisionOf(form, path) {
  return Number(form.elements[`r:${path}`]?.value ?? 0);
}

export function setRevision(form, path, revision) {
  const field = form.elements[`r:${path}`];
  if (field) field.value = revision;
}

export function cellOf(form, path) {
  return form.querySelector(`[data-parvis-cell="${CSS.escape(path)}"]`);
}
