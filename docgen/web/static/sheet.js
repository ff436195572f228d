// Lists of the order form – points, sections, rows – as they are moved, added and taken out.
// Names and ids of all fields are paths of the data file; each change of a list renews them.

/** Every field of a list gets the name and id of the place where it stands now. */
export function renumber(list, path) {
  entriesOf(list).forEach((entry, index) => {
    const own = `${path}[${index}]`;
    for (const field of entry.querySelectorAll("[data-key]")) {
      if (field.closest("[data-entry]") === entry) rename(field, `${own}.${field.dataset.key}`);
    }
    const inner = entry.matches("[data-list]") ? entry : entry.querySelector("[data-list]");
    if (inner) renumber(inner, `${own}.${inner.dataset.list}`);
  });
  if (list.matches("table.sheet")) printNumbers(list);
}

function rename(field, name) {
  if (field.name === name) return;
  const around = field.parentElement;
  around.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.setAttribute("for", name);
  const notes = around.querySelector(":scope > .notes") ?? around.parentElement.querySelector(":scope > .notes");
  field.name = field.id = name;
  if (notes) field.setAttribute("aria-describedby", notes.id = `${name}-notes`);
}

/** The entries of a list itself, not those of lists within it. */
export function entriesOf(list) {
  return [...list.children].filter((child) => child.matches("[data-entry]"));
}

/** The numbers that the region's style gives to rows whose field is left empty. */
function printNumbers(table) {
  let running = 0;
  entriesOf(table).forEach((section, at) => entriesOf(section).forEach((row, index) => {
    running += 1;
    const style = { hierarchical: `${at + 1}.${index + 1}`, section: `${index + 1}.` };
    const number = style[table.dataset.numbering] ?? `${running}.`;
    const field = row.querySelector('[data-key="number"]');
    if (field) field.placeholder = number;
    const shown = field?.value || number;
    for (const cell of row.querySelectorAll("td[data-label] textarea")) {
      cell.setAttribute("aria-label", `${cell.closest("td").dataset.label}, ${shown}`);
    }
  }));
}

/** A new entry like those of the list, its fields empty. */
export function blank(list, kind) {
  const root = list.closest("[data-root]");
  const which = list.matches("table.sheet") ? ".blank-section" : list.dataset.list === "items"
    ? ".blank-row" : `.blank-point[data-kind="${kind ?? "text"}"]`;
  const template = (root.matches(".annex") ? root : root.parentElement).querySelector(`template${which}`);
  return template.content.querySelector("[data-entry]").cloneNode(true);
}

/** A copy of an entry with what is typed in it; findings stay with the original. */
export function copyOf(entry) {
  const copy = entry.cloneNode(true);
  const fields = entry.querySelectorAll("[data-key]");
  copy.querySelectorAll("[data-key]").forEach((field, index) => {
    field.value = field.dataset.key === "number" ? "" : fields[index].value;
    field.removeAttribute("aria-invalid");
  });
  for (const note of copy.querySelectorAll(".note")) note.remove();
  return copy;
}

/** The entry one place further up or down; a row at the edge of its section goes into the next. */
export function move(entry, step) {
  const beside = step < 0 ? entry.previousElementSibling : entry.nextElementSibling;
  if (beside?.matches("[data-entry]")) {
    if (step < 0) beside.before(entry); else beside.after(entry);
    return true;
  }
  const list = entry.parentElement;
  if (list.dataset.list !== "items") return false;
  const next = step < 0 ? list.previousElementSibling : list.nextElementSibling;
  if (!next?.matches("tbody[data-entry]")) return false;
  if (step < 0) next.append(entry);
  else (next.querySelector(":scope > .section-row")?.after(entry)) ?? next.prepend(entry);
  return true;
}

/** What a table says: sections of rows of texts by key. */
export function read(table) {
  return entriesOf(table).map((section) => ({
    head: Object.fromEntries([...section.querySelectorAll(".section-row [data-key]")].map((f) => [f.dataset.key, f.value])),
    rows: entriesOf(section).map((row) => Object.fromEntries(
      [...row.querySelectorAll("[data-key]")].map((field) => [field.dataset.key, field.value]))),
  }));
}

/** The table says this again; rows that say the same keep their findings. */
export function write(table, sections) {
  const kept = new Map(entriesOf(table).flatMap(entriesOf).map((row) => [said(row), row]));
  const made = sections.map(({ head, rows }) => {
    const section = table.closest("[data-root]").querySelector("template.blank-section")
      ? blank(table) : entriesOf(table)[0].cloneNode(false);
    for (const [key, text] of Object.entries(head)) section.querySelector(`.section-row [data-key="${key}"]`).value = text;
    for (const values of rows) section.append(rowOf(table, values, kept));
    return section;
  });
  for (const old of entriesOf(table)) old.remove();
  table.append(...made);
}

function said(row) {
  return JSON.stringify([...row.querySelectorAll("[data-key]")].map((field) => field.value));
}

function rowOf(table, values, kept) {
  const wanted = JSON.stringify(Object.values(values));
  const known = kept.get(wanted);
  if (known) { kept.delete(wanted); return known; }
  const row = table.closest("[data-root]").querySelector("template.blank-row").content.querySelector("tr").cloneNode(true);
  for (const [key, text] of Object.entries(values)) {
    const field = row.querySelector(`[data-key="${key}"]`);
    if (field) field.value = text;
  }
  return row;
}
