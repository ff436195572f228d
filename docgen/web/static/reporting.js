/* The form of a stage saved as it is typed. Without this script its buttons do the same.

Each question is saved on its own. What was typed is kept on the device until the service has
acknowledged it; the same request goes out again with the same key, so nothing counts twice. */

const form = document.getElementById("answers");
const state = document.getElementById("state");
const token = document.querySelector('meta[name="csrf-token"]').content;
const KEYS = ["status", "value", "date", "evidence", "comment"];
const QUIET = 800;
const LONGEST_WAIT = 30000;
const questions = [...form.querySelectorAll(".question")];
const prefix = `${form.dataset.store}${form.dataset.school || "-"}:`;
const waiting = new Map();
let timer = null;
let delay = 1000;
let busy = false;

const field = (question, key) =>
  form.querySelector(`[name="${CSS.escape(`${key}.${question.dataset.item}`)}"]${key === "status" ? ":checked" : ""}`);
const typed = (question) =>
  Object.fromEntries(KEYS.map((key) => [key, field(question, key)?.value ?? ""]));
const summary = (said) => KEYS.map((key) => said[key].replace(/\s+/g, " ").trim()).join("|");
const seen = (question) => field(question, "seen");
const storeKey = (question) => prefix + question.dataset.item;

function tell(words, kind = "") {
  state.textContent = words;
  state.className = `state ${kind}`;
}

function keep(question, copy) {
  try { localStorage.setItem(storeKey(question), JSON.stringify(copy)); } catch { /* no room: the form still holds it */ }
}

function forget(question) {
  try { localStorage.removeItem(storeKey(question)); } catch { /* nothing was kept */ }
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function changed(question) {
  const said = typed(question);
  if (summary(said) === seen(question).value) {
    waiting.delete(question);
    forget(question);
    return;
  }
  const copy = { said, key: newKey(), seen: seen(question).value };
  waiting.set(question, copy);
  keep(question, copy);
  schedule(QUIET);
}

function schedule(after) {
  clearTimeout(timer);
  timer = setTimeout(flush, after);
}

function row(question, said) {
  const sent = { item: question.dataset.item, ...said };
  if (form.dataset.school) sent.school_id = Number(form.dataset.school);
  sent.municipality_id = form.dataset.municipality ? Number(form.dataset.municipality) : null;
  return sent;
}

async function flush() {
  if (busy || !waiting.size) return;
  busy = true;
  const [question, copy] = waiting.entries().next().value;
  tell(form.dataset.saving);
  let answer = null;
  try {
    answer = await fetch(form.dataset.api, {
      method: "PATCH",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": document.documentElement.lang, // that of the page, not of the browser
        "X-CSRFToken": token,
        "Idempotency-Key": copy.key,
      },
      body: JSON.stringify({ rows: [row(question, copy.said)] }),
      signal: AbortSignal.timeout?.(20000),
    });
  } catch { /* no connection */ }
  busy = false;
  if (answer === null || answer.status >= 500 || answer.status === 429) return later();
  delay = 1000;
  await settled(question, copy, answer);
  if (waiting.size) schedule(0);
}

function later() {
  tell(form.dataset.offline, "bad");
  schedule(delay);
  delay = Math.min(delay * 2, LONGEST_WAIT);
}

async function settled(question, copy, answer) {
  if (answer.ok) {
    const { at } = await answer.json();
    seen(question).value = summary(copy.said);
    if (waiting.get(question) === copy) {
      waiting.delete(question);
      forget(question);
    }
    showFaults(question, []);
    count();
    const local = new Date(Date.parse(at) + Number(form.dataset.clock) * 60_000); // by the region's clock
    const time = local.toISOString().slice(11, 16);
    tell(form.dataset.saved.replace("%(time)s", time), "good");
    return;
  }
  const details = await answer.json().catch(() => ({ problems: [] }));
  waiting.delete(question);
  if (answer.status === 401 || details.code === "csrf-refused") tell(form.dataset.signedOut, "bad");
  else if (details.code === "stage-closed") tell(form.dataset.closed, "bad");
  else {
    showFaults(question, details.problems ?? [], details.detail);
    tell(form.dataset.faulty, "bad");
  }
}

function showFaults(question, problems, otherwise = "") {
  const index = question.id.split("-")[1];
  const messages = {};
  for (const problem of problems) messages[problem.path.split(".").pop()] = problem.message;
  if (otherwise && !problems.length) messages.status = otherwise;
  for (const key of KEYS) {
    const place = document.getElementById(`${key}-${index}-fault`);
    if (!place) continue;
    place.textContent = messages[key] ?? "";
    place.hidden = !messages[key];
    const input = key === "status" ? question.querySelector(".choices") : field(question, key);
    if (messages[key]) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
  question.classList.toggle("faulty", Object.keys(messages).length > 0);
}

function count() {
  const done = questions.filter((question) => seen(question).value.split("|")[0]).length;
  document.getElementById("answered").textContent = done;
  document.getElementById("done-so-far").value = done;
}

function restore() {
  let found = 0;
  for (const question of questions) {
    let copy = null;
    try { copy = JSON.parse(localStorage.getItem(storeKey(question))); } catch { /* no copy */ }
    if (!copy || summary(copy.said) === seen(question).value) {
      forget(question);
      continue;
    }
    if (copy.seen !== seen(question).value) {
      showFaults(question, [], `${form.dataset.conflict} ${summary(copy.said).replaceAll("|", " ")}`);
      forget(question);
      continue;
    }
    for (const key of KEYS) {
      if (key === "status") {
        for (const choice of question.querySelectorAll(".choices input")) choice.checked = choice.value === copy.said.status;
      } else if (field(question, key)) field(question, key).value = copy.said[key];
    }
    waiting.set(question, copy);
    found += 1;
  }
  if (found) {
    tell(form.dataset.restored);
    schedule(QUIET);
  }
}

for (const kind of ["input", "change"]) {
  form.addEventListener(kind, (event) => {
    const question = event.target.closest(".question");
    if (question && event.target.type !== "file") changed(question);
  });
}
form.addEventListener("submit", () => clearTimeout(timer)); // the form itself carries everything now
addEventListener("online", () => { delay = 1000; schedule(0); });
document.getElementById("keep").hidden = true;
document.getElementById("faults")?.focus();
restore();
