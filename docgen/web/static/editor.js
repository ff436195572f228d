// The order form: changes by keyboard and buttons, undo, checks while typing, saving by itself.
// Without this script the form is filled in and saved as any other.

import { cellsOf } from "./clipboard.js";
import { blank, copyOf, entriesOf, move, read, renumber, write } from "./sheet.js";

const CHECK_AFTER = 400; // ms after the last key in a row
const SAVE_AFTER = 5_000; // ms after the last change
const SAVE_AGAIN = 30_000; // ms at least between two saves by itself

const form = document.getElementById("order-form");
const words = JSON.parse(document.getElementById("words").textContent);
let token = document.querySelector('meta[name="csrf-token"]').content;
const state = form.querySelector(".save-state");
const heard = form.querySelector(".heard"); // what stands beside a cell, for those who listen
document.documentElement.classList.add("js");

// -- lists --------------------------------------------------------------------------------------

function rootOf(element) {
  const root = element.closest("[data-root]");
  return root.matches(".annex")
    ? { list: root.querySelector("table.sheet"), path: `annexes[${root.dataset.index}].sections` }
    : { list: root, path: root.dataset.root };
}

function restructured(element, message, focus) {
  const { list, path } = rootOf(element);
  renumber(list, path);
  if (list.matches("table")) histories.get(list).note();
  changed();
  focus?.focus();
  say(message);
}

function act(button) {
  const entry = button.closest("[data-entry]");
  const list = entry.parentElement;
  const kind = button.dataset.act;
  if (kind === "up" || kind === "down") return shift(entry, kind === "up" ? -1 : 1, button);
  if (kind === "delete") return remove(entry);
  const added = kind === "copy" ? copyOf(entry) : blank(list);
  entry.after(added);
  grow(added);
  return restructured(added, words.added, firstField(added));
}

function shift(entry, step, focus) {
  if (!move(entry, step)) return;
  entry.classList.remove("moved");
  void entry.offsetWidth; // begins the animation anew
  entry.classList.add("moved");
  restructured(entry, words.moved, focus);
}

function remove(entry) {
  const list = entry.parentElement;
  const beside = [entry.nextElementSibling, entry.previousElementSibling].find((e) => e?.matches("[data-entry]"));
  const heir = beside ?? (entry.matches("tr, tbody") ? null : entry.closest("[data-root]"));
  entry.remove();
  if (!beside && list.matches("tbody, table")) list.append(blank(list));
  restructured(list, words.deleted, firstField(heir ?? list.lastElementChild));
}

function firstField(entry) {
  return entry.querySelector("textarea, input:not([type=hidden])");
}

// -- undo -----------------------------------------------------------------------------------------

class History {
  constructor(table) {
    this.table = table;
    this.past = [JSON.stringify(read(table))];
    this.future = [];
  }

  note() {
    const now = JSON.stringify(read(this.table));
    if (now === this.past.at(-1)) return;
    this.past.push(now);
    if (this.past.length > 200) this.past.shift();
    this.future = [];
    this.show();
  }

  undo() {
    this.note();
    if (this.past.length < 2) return;
    this.future.push(this.past.pop());
    this.restore(words.undone);
  }

  redo() {
    if (!this.future.length) return;
    this.past.push(this.future.pop());
    this.restore(words.redone);
  }

  restore(message) {
    write(this.table, JSON.parse(this.past.at(-1)));
    const { list, path } = rootOf(this.table);
    renumber(list, path);
    grow(this.table);
    this.show();
    changed();
    say(message);
  }

  show() {
    const tools = this.table.closest("[data-root]");
    tools.querySelector('[data-tool="undo"]').disabled = this.past.length < 2;
    tools.querySelector('[data-tool="redo"]').disabled = !this.future.length;
  }
}

const histories = new Map([...form.querySelectorAll("table.sheet")].map((t) => [t, new History(t)]));

function use(button) {
  const table = button.closest("[data-root]").querySelector("table.sheet");
  const tool = button.dataset.tool;
  if (tool === "undo" || tool === "redo") return histories.get(table)[tool]();
  const section = document.activeElement?.closest("tbody") ?? entriesOf(table).at(-1);
  const added = blank(tool === "row" ? section : table);
  if (tool === "row") entriesOf(table).at(-1).append(added);
  else { table.append(added); added.append(blank(added)); }
  return restructured(added, words.added, firstField(added));
}

function addPoint(button) {
  const list = form.querySelector('[data-root="points"]');
  const added = blank(list, button.dataset.point);
  list.append(added);
  restructured(added, words.added, firstField(added));
}

// -- pasting ----------------------------------------------------------------------------------------

form.addEventListener("paste", (event) => {
  const field = event.target.closest("table.sheet tr[data-entry] textarea");
  const cells = field && cellsOf(event.clipboardData);
  if (!cells || (cells.length === 1 && cells[0].length === 1)) return;
  event.preventDefault();
  let row = field.closest("tr");
  const first = fieldsOf(row).indexOf(field);
  for (const [index, texts] of cells.entries()) {
    if (index) {
      const next = row.nextElementSibling;
      if (!next) row.after(blank(row.parentElement));
      row = row.nextElementSibling;
    }
    fieldsOf(row).slice(first).forEach((cell, at) => { if (at < texts.length) cell.value = texts[at]; });
    grow(row);
    soon(row);
  }
  restructured(row, words.pasted, field);
});

function fieldsOf(row) {
  return [...row.querySelectorAll("textarea")];
}

// -- checks while typing --------------------------------------------------------------------------------

const waiting = new Map();

function soon(row) {
  clearTimeout(waiting.get(row));
  waiting.set(row, setTimeout(() => check(row), CHECK_AFTER));
}

async function check(row) {
  waiting.delete(row);
  const item = Object.fromEntries([...row.querySelectorAll("[data-key]")].map((f) => [f.dataset.key, f.value]));
  if (item.number === "—") item.number = "";
  const sent = JSON.stringify(item);
  const layout = row.closest("table").dataset.layout;
  const [first, last] = [0, 1].map((at) => form.elements[`years[${at}]`]?.value ?? "");
  const answer = await post(form.dataset.row, JSON.stringify({ layout, first, last, item }), "application/json");
  if (!answer?.ok || !row.isConnected) return;
  const { meanings, findings } = await answer.json();
  const now = Object.fromEntries([...row.querySelectorAll("[data-key]")].map((f) => [f.dataset.key, f.value]));
  if (sent !== JSON.stringify(now) && item.number !== "") return; // typed on meanwhile: another check comes
  for (const field of row.querySelectorAll("textarea")) {
    const own = findings.filter((found) => found.path === field.dataset.key);
    annotate(field, own, field.value.trim() ? meanings[field.dataset.key] : "");
  }
  const told = findings.map((found) => found.message).join("; ");
  if (told && told !== row.dataset.told) heard.textContent = words.foundIn + told;
  row.dataset.told = told;
}

function annotate(field, findings, meaning) {
  const notes = document.getElementById(`${field.id}-notes`);
  if (!notes) return;
  const doubts = [...notes.querySelectorAll(".doubt")];
  notes.replaceChildren();
  const wrong = findings.some((found) => found.severity === "error");
  if (meaning && !wrong) notes.append(paragraph("meaning", meaning));
  for (const found of findings) {
    const note = paragraph(`note ${found.severity}`, found.message);
    if (found.suggestion) note.append(" ", Object.assign(document.createElement("span"), { className: "suggestion", textContent: `→ ${found.suggestion}` }));
    notes.append(note);
  }
  notes.append(...doubts);
  if (wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function paragraph(className, textContent) {
  return Object.assign(document.createElement("p"), { className, textContent });
}

// -- saving -----------------------------------------------------------------------------------------------

const autosaves = form.hasAttribute("data-autosave");
let dirty = false;
let saving = null;
let timer = 0;
let savedLast = 0;
let stopped = false;

function changed() {
  dirty = true;
  if (!autosaves || stopped) return;
  tell(words.unsaved);
  clearTimeout(timer);
  timer = setTimeout(() => save("autosaved"), Math.max(SAVE_AFTER, savedLast + SAVE_AGAIN - Date.now()));
}

/** Saves what is typed; true where the server has it. */
async function save(reason) {
  clearTimeout(timer);
  if (saving) await saving;
  saving = send(reason);
  const done = await saving;
  saving = null;
  return done;
}

async function send(reason) {
  const data = new FormData(form);
  data.set("reason", reason);
  dirty = false;
  tell(words.saving);
  const answer = await post(form.action, data);
  savedLast = Date.now();
  if (!answer) return failed(words.failed, true);
  if (answer.redirected) return failed(words.signedOut, true);
  const told = await answer.json().catch(() => null);
  if (answer.ok && told) return saved(told);
  if (answer.status === 412) showConflict(told);
  else if (told?.problems) showFindings(told.problems);
  return failed(answer.status === 412 ? words.conflict : told?.message ?? words.refused, false);
}

function saved(told) {
  for (const field of document.querySelectorAll(".version-field")) field.value = told.version;
  for (const box of form.querySelectorAll(".settle input:checked")) box.closest(".doubt").remove();
  showFindings(told.findings);
  form.querySelectorAll(".points > [data-entry]").forEach((point, index) => {
    const wording = point.querySelector(":scope > .wording");
    if (wording) wording.textContent = told.wordings[index] ?? "";
  });
  tell(dirty ? words.unsaved : `${words.saved} ${told.saved_at}`);
  return true;
}

function failed(message, again) {
  dirty = true;
  tell(message, true);
  if (again) timer = setTimeout(() => save("autosaved"), SAVE_AGAIN / 2);
  return false;
}

function showConflict(told) {
  stopped = true;
  const panel = document.getElementById("conflict");
  panel.querySelector(".conflict-message").textContent = told.message;
  panel.querySelector(".conflict-changes").replaceChildren(...told.problems.map((problem) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("strong"), { textContent: problem.place }), `: ${problem.message}`);
    return line;
  }));
  panel.hidden = false;
  panel.scrollIntoView({ block: "center" });
}

async function post(url, body, type, again = true) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  if (type) headers["Content-Type"] = type;
  if (body instanceof FormData) body.set("csrf_token", token);
  const answer = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  const stranger = answer && (answer.redirected || answer.status === 400);
  return stranger && again && await renewToken() ? post(url, body, type, false) : answer;
}

/** The token of the session that began since this page was opened; false while there is none. */
async function renewToken() {
  const page = await fetch(location.href).catch(() => null);
  if (!page?.ok || page.redirected) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  token = fresh.querySelector('meta[name="csrf-token"]').content;
  for (const field of document.querySelectorAll('[name="csrf_token"]')) field.value = token;
  return true;
}

function tell(message, bad = false) {
  state.textContent = message;
  state.classList.toggle("bad", bad);
}

/** A passing message for those who listen, and beside the button for those who look. */
function say(message) {
  tell(message);
}

// -- the list of findings ------------------------------------------------------------------------------------

function showFindings(found) {
  const open = found.filter((finding) => !finding.acknowledged);
  const blankEntry = document.getElementById("finding-blank").content.firstElementChild;
  document.getElementById("findings").replaceChildren(...open.map((finding) => {
    const entry = blankEntry.cloneNode(true);
    entry.classList.add(finding.severity);
    const tag = entry.querySelector(".tag");
    tag.classList.add(finding.severity);
    tag.textContent = words[finding.severity];
    const link = entry.querySelector(".go");
    link.href = `#${finding.path}`;
    link.textContent = finding.place || finding.path;
    entry.querySelector(".message").textContent = finding.message;
    entry.querySelector(".suggestion").textContent = finding.suggestion ? words.should.replace("%(text)s", finding.suggestion) : "";
    const reason = entry.querySelector(".acknowledge");
    if (reason && finding.code) {
      reason.querySelector('[name="code"]').value = finding.code;
      reason.querySelector('[name="path"]').value = finding.path;
      reason.querySelector(".version-field").value = form.elements.version.value;
    } else reason?.remove();
    return entry;
  }));
  document.getElementById("finding-count").textContent = open.length;
  document.querySelector(".check-none").hidden = open.length > 0;
}

/** The field of a path, or the nearest one around or below it. */
function fieldAt(path) {
  const exact = document.getElementById(path);
  if (exact) return exact;
  const below = form.querySelector(`[id^="${CSS.escape(path)}"]:is(input, textarea, select)`);
  return below ?? form.querySelector(`[id^="${CSS.escape(path.replace(/[.[][^.[]*$/, ""))}"]:is(input, textarea, select)`);
}

// -- the size of cells -------------------------------------------------------------------------------------------

const fits = CSS.supports("field-sizing", "content");

function grow(within) {
  if (fits) return;
  for (const field of within.querySelectorAll("textarea")) fit(field);
}

function fit(field) {
  field.rows = 1;
  const lines = Math.ceil((field.scrollHeight - 10) / parseFloat(getComputedStyle(field).lineHeight));
  field.rows = Math.max(1, lines);
}

// -- events -------------------------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  changed();
  const row = event.target.closest("table.sheet tr[data-entry]");
  if (row) soon(row);
  if (!fits && event.target.matches("textarea")) fit(event.target);
});

form.addEventListener("change", (event) => {
  const table = event.target.closest("table.sheet");
  if (table) histories.get(table).note();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (button?.dataset.act) act(button);
  else if (button?.dataset.tool) use(button);
  else if (button?.dataset.point) addPoint(button);
});

form.addEventListener("keydown", (event) => {
  const entry = event.target.closest("[data-entry]");
  if (entry && event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    shift(entry, event.key === "ArrowUp" ? -1 : 1, event.target);
  }
  const table = event.target.closest("table.sheet");
  if (table && (event.ctrlKey || event.metaKey) && ["KeyZ", "KeyY"].includes(event.code)) {
    const typed = event.target.value !== event.target.defaultValueNow;
    if (typed && event.code === "KeyZ" && !event.shiftKey) return; // the browser takes back what was typed
    event.preventDefault();
    histories.get(table)[event.code === "KeyY" || event.shiftKey ? "redo" : "undo"]();
  }
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyS" && autosaves) {
    event.preventDefault();
    save(form.elements.reason?.value ?? "");
  }
});

form.addEventListener("focusin", (event) => { event.target.defaultValueNow = event.target.value; });

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name === "over" || !autosaves) { dirty = false; return; }
  event.preventDefault();
  if (await save(form.elements.reason?.value ?? "") && form.elements.reason) form.elements.reason.value = "";
});

document.getElementById("check").addEventListener("submit", async (event) => {
  event.preventDefault();
  const sent = event.target.cloneNode(true); // saving renews the list, and this form with it
  sent.hidden = true;
  if (dirty && !await save("autosaved")) return;
  dirty = false;
  sent.elements.version.value = form.elements.version.value;
  document.body.append(sent);
  sent.submit();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && link.hash.length > 1 && fieldAt(decodeURIComponent(link.hash.slice(1)));
  if (!field?.matches("input, textarea, select")) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center", inline: "nearest" });
  field.focus({ preventScroll: true });
});

addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
addEventListener("visibilitychange", () => { if (document.hidden && dirty && autosaves && !stopped) save("autosaved"); });

grow(form);
