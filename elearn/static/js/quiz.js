// The quiz in the browser: every answer is kept on the device and sent at once, and a dead network stops nobody.
//   <form method="post" action="…" data-quiz="/kuis/<id>"> one <div data-position="7" data-kind="order"> for each question,
//     in it the fields, <p class="saved" role="status" data-saved> and <button data-mark>; buttons `go` say where to
//   <form method="post" action="…" data-hand-in="/kuis/<id>"> … <p class="saved" role="status" data-saved>
// Without it, or where the browser keeps nothing, the buttons of the forms do the same. See queue.js for the sending.

import { drop, enqueue, recall, remember, send, state } from "./queue.js";
import { word as said } from "./words.js";

const PAUSE = 300; // milliseconds in which ticks and arrow keys become one answer
const TYPING = 1000; // milliseconds in which digits become one number
const PATIENCE = 1500; // milliseconds until the page speaks of an answer that has not arrived
const LOST = said("Koneksi terputus. Jawaban Anda aman di perangkat ini dan dikirim saat tersambung.");
const SIGNED_OUT = said("Sesi Anda berakhir. Jawaban Anda aman di perangkat ini; masuk lagi untuk mengirimnya.");
const BY_BUTTON = said("Perangkat ini tidak dapat menyimpan sendiri. Tekan tombol di bawah untuk menyimpan jawaban ini.");
const COMPLAINTS = {
  multiple: said("Pilih sedikitnya satu. Jawaban yang tersimpan belum berubah."),
  order: said("Satu nomor dipakai dua kali. Perubahan ini tersimpan setelah setiap baris bernomor berbeda."),
  numeric: said("Tulis satu angka tanpa satuan dan tanpa pemisah ribuan, misalnya 14 atau 2,5."),
};
const NUMBER = /^\s*[-+−–]?\d{1,12}([.,]\d{1,6})?\s*$/;
const THOUSANDS = /^\s*[-+−–]?[1-9]\d{0,2}[.,]\d{3}\s*$/;
const MEANINGS = { open: said("belum dijawab"), part: said("belum lengkap"), done: said("sudah dijawab"), flag: said("ditandai untuk diperiksa lagi"), kept: said("tersimpan di perangkat") };

const form = document.querySelector("form[data-quiz]");
const handIn = document.querySelector("form[data-hand-in]");
const home = form?.dataset.quiz ?? handIn?.dataset.handIn;
const timer = document.querySelector("[data-due]");
const dots = new Map([...document.querySelectorAll(".dots a")].map((dot) => [Number(dot.textContent), dot]));
const questions = new Map([...document.querySelectorAll("[data-position]")].map((node) => [Number(node.dataset.position), node]));
const isCopy = "stale" in document.documentElement.dataset;

// What this device knows of the attempt: answers given here, the state of each question, the server's clock.
let known = { answers: {}, states: {}, lead: 0, due: "" };
const waiting = new Map(); // the key of each sending under way, and what to do when it has arrived
const pending = new Map(); // the timer of each question whose change is not kept yet
const given = new Map(); // what was last given to each question, as text

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const newKey = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

const keep = () => remember(home, known);

function say(node, sentence, kind) {
  const place = node.querySelector("[data-saved]");
  place.textContent = sentence;
  place.className = `saved ${kind}`;
}

// Answers

const prefixOf = (node) => node.querySelector("[name$=client_key]").name.slice(0, -"client_key".length);
const controls = (node) => [...node.querySelectorAll("input, select")].filter(({ name }) => name.slice(prefixOf(node).length).startsWith("choice"));

function read(node) {
  const prefix = prefixOf(node);
  return controls(node)
    .filter(({ type, checked, value }) => (type === "radio" || type === "checkbox" ? checked : value.trim()))
    .map(({ name, value }) => [name.slice(prefix.length), value]);
}

function fill(node, fields) {
  const prefix = prefixOf(node);
  for (const control of controls(node)) {
    const values = fields.filter(([name]) => prefix + name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

function complaint(node, fields) {
  const { kind } = node.dataset;
  const values = fields.map(([, value]) => value);
  if (kind === "numeric" && (!NUMBER.test(values[0]) || THOUSANDS.test(values[0]))) return COMPLAINTS.numeric;
  return kind === "order" && new Set(values).size < values.length ? COMPLAINTS.order : "";
}

function reach(node, fields) {
  const wanted = new Set(controls(node).map(({ name }) => name)).size;
  return fields.length < wanted ? "part" : "done";
}

// Keep and send what a question says now; false when it cannot be an answer.
async function give(position) {
  clearTimeout(pending.get(position));
  pending.delete(position);
  const node = questions.get(position);
  const fields = read(node);
  const text = JSON.stringify(fields);
  if (text === given.get(position)) return true;
  if (!fields.length) {
    if (known.answers[position] || node.querySelector(".saved.ok")) say(node, COMPLAINTS.multiple, "late");
    return true;
  }
  const sentence = complaint(node, fields);
  if (sentence) {
    say(node, sentence, "late");
    return false;
  }
  const key = newKey();
  const end = new Promise((resolve) => waiting.set(key, { position, resolve }));
  waiting.get(key).end = end;
  try {
    await enqueue({ url: `${home}/soal/${position}`, fields, key, label: said("Soal {position}", { position }) });
  } catch (error) {
    waiting.delete(key);
    throw error;
  }
  given.set(position, text);
  known.answers[position] = fields;
  setState(position, reach(node, fields), true);
  await keep();
  Promise.race([end, pause(PATIENCE)]).then(() => waiting.has(key) && sayLost(node));
  return true;
}

async function sayLost(node) {
  say(node, (await state()).isSignedOut ? SIGNED_OUT : LOST, "late");
}

async function giveAll() {
  const told = await Promise.all([...questions.keys()].map(give));
  return told.every(Boolean);
}

const arrivals = () => Promise.race([Promise.all([...waiting.values()].map(({ end }) => end)), pause(PATIENCE)]);

// The list of questions

function setState(position, word, isKept) {
  const dot = dots.get(position);
  const flag = (known.states[position] ?? dot?.className ?? "").includes("flag") ? " flag" : "";
  show(position, `${word ?? known.states[position]?.split(" ")[0] ?? "open"}${flag}`, isKept);
}

function show(position, words, isKept) {
  known.states[position] = words;
  const dot = dots.get(position);
  if (!dot) return;
  dot.className = isKept ? `${words} kept` : words;
  dot.setAttribute("aria-label", [position, ...dot.className.split(" ").map((word) => MEANINGS[word])].join(", "));
}

async function mark(button) {
  const [deed, place] = button.value.split(".");
  const position = Number(place);
  const isMarked = deed === "mark";
  await enqueue({ url: `${home}/soal/${position}`, fields: [["go", deed]], key: newKey(), label: said("Tanda soal {position}", { position }) });
  const word = (known.states[position] ?? dots.get(position)?.className ?? "open").split(" ")[0];
  show(position, isMarked ? `${word} flag` : word, dots.get(position)?.classList.contains("kept"));
  showMark(button, isMarked);
  await keep();
}

function showMark(button, isMarked) {
  button.value = `${isMarked ? "unmark" : "mark"}.${button.value.split(".")[1]}`;
  button.textContent = said(isMarked ? "Hapus tanda “periksa lagi”" : "Tandai untuk diperiksa lagi");
}

// The summary before handing in, told anew where this device knows more than the page

function summarise() {
  const place = document.querySelector("[data-summary]");
  const found = (word) => [...dots.keys()].filter((position) => (known.states[position] ?? "open").split(" ").includes(word));
  const [missing, partial, marked] = ["open", "part", "flag"].map(found);
  const listed = (numbers) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(numbers.map(String));
  const lines = [
    said("{done} dari {total} soal terjawab, termasuk yang tersimpan di perangkat ini.", { done: dots.size - missing.length - partial.length, total: dots.size }),
    missing.length && said("Belum dijawab: soal {list}.", { list: listed(missing) }),
    partial.length && said("Belum lengkap: soal {list}.", { list: listed(partial) }),
    marked.length && said("Ditandai untuk diperiksa lagi: soal {list}.", { list: listed(marked) }),
  ];
  place?.replaceChildren(...lines.filter(Boolean).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  const [first] = [...missing, ...partial].sort((a, b) => a - b);
  const link = handIn.querySelector("a.button");
  if (!link) return;
  link.hidden = !first;
  link.href = `${home}/soal/${first}`;
  link.textContent = said(partial.includes(first) ? "Lengkapi soal {position}" : "Jawab soal {position}", { position: first });
}

// Leaving a page, and handing in

async function leave(event) {
  const button = event.submitter;
  event.preventDefault();
  delete form.dataset.sent;
  button?.removeAttribute("aria-disabled");
  try {
    if (button && "mark" in button.dataset) return await mark(button);
    if (!(await giveAll())) return form.querySelector(".saved.late")?.scrollIntoView({ block: "center" });
    await arrivals();
    if (form.querySelector(".saved.refused")) return;
    go(button?.value ?? form.querySelector("button[name=go]").value);
  } catch {
    sendPlainly(button);
  }
}

function go(where) {
  location.assign(/^\d+$/.test(where) ? `${home}/soal/${where}` : home);
}

function sendPlainly(button) {
  if (button) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: button.value }));
  form.submit();
}

async function submit(event) {
  event.preventDefault();
  delete handIn.dataset.sent;
  event.submitter?.removeAttribute("aria-disabled");
  say(handIn, said("Memeriksa apakah semua jawaban sudah terkirim."), "");
  await Promise.race([send(), pause(8000)]);
  const own = (await state()).waiting.filter(({ url }) => url.startsWith(home));
  if (own.length) return say(handIn, said("{count} kiriman masih tersimpan di perangkat ini. Kuis dapat dikumpulkan setelah semuanya terkirim.", { count: own.length }), "late");
  const answer = await fetch(home, { method: "HEAD", signal: AbortSignal.timeout?.(8000) }).catch(() => null);
  if (!answer) return say(handIn, said("Koneksi terputus. Kuis dapat dikumpulkan setelah tersambung; jawaban Anda sudah tersimpan."), "late");
  say(handIn, "", "");
  handIn.submit();
}

// What the queue tells

document.addEventListener("queue:sent", ({ detail: { key, url, answer } }) => {
  if (!home || !url.startsWith(`${home}/`)) return;
  const position = Number(url.split("/").pop());
  if (answer.due_at) known.due = answer.due_at;
  if (answer.due_at && timer) timer.dataset.due = answer.due_at;
  settle(key, position, (node) => answer.sentence && say(node, answer.sentence, "ok"));
  if (answer.state && !isStillWaiting(position)) setState(position, answer.state, false);
  if (handIn) summarise();
  keep();
});

document.addEventListener("queue:refused", ({ detail: { key, url, sentence } }) => {
  if (!home || !url.startsWith(`${home}/`)) return;
  const position = Number(url.split("/").pop());
  if (!questions.has(position)) return;
  given.delete(position);
  settle(key, position, (node) => say(node, sentence, "late refused"));
  drop(key);
});

function settle(key, position, tell) {
  const sending = waiting.get(key);
  waiting.delete(key);
  const node = questions.get(position);
  if (node && !isStillWaiting(position)) tell(node);
  sending?.resolve();
}

const isStillWaiting = (position) => [...waiting.values()].some((each) => each.position === position);

// Beginning

async function begin() {
  known = { ...known, ...(await recall(home)) };
  const own = (await state()).waiting.filter(({ url }) => url.startsWith(`${home}/`));
  const unsent = new Set(own.filter(({ fields }) => fields.some(([name]) => name.startsWith("choice"))).map(({ url }) => Number(url.split("/").pop())));
  for (const [position, dot] of dots) {
    if (!isCopy && !own.some(({ url }) => url.endsWith(`/soal/${position}`))) known.states[position] = dot.className;
    show(position, known.states[position] ?? dot.className, unsent.has(position));
  }
  for (const [position, node] of questions) showAnswer(position, node, unsent.has(position));
  keepTime();
  if ((isCopy || own.length) && handIn) summarise();
  await keep();
}

function showAnswer(position, node, isUnsent) {
  const isMarked = known.states[position]?.includes("flag");
  node.closest("form").querySelectorAll(`[data-mark][value$=".${position}"]`).forEach((button) => showMark(button, isMarked));
  const fields = known.answers[position];
  if (fields && (isCopy || isUnsent)) {
    fill(node, fields);
    say(node, said(isUnsent ? "Tersimpan di perangkat ini, belum terkirim." : "Tersimpan."), isUnsent ? "late" : "ok");
  } else if (!isCopy) delete known.answers[position];
  given.set(position, JSON.stringify(read(node)));
}

// A copy shows the time by the server's clock as this device has come to know it.
function keepTime() {
  if (!timer) return;
  const [visit] = performance.getEntriesByType("navigation");
  const arrived = performance.timeOrigin + (visit?.responseStart ?? 0);
  if (isCopy && known.due) Object.assign(timer.dataset, { due: known.due, now: new Date(arrived + known.lead).toISOString() });
  else if (!isCopy) Object.assign(known, { due: timer.dataset.due, lead: Date.parse(timer.dataset.now) - arrived });
}

function changed({ target, type }) {
  const node = target.closest("[data-position]");
  if (!node || target.matches("[data-mark]")) return;
  const position = Number(node.dataset.position);
  clearTimeout(pending.get(position));
  pending.set(position, setTimeout(() => give(position).catch(() => say(node, BY_BUTTON, "late")), type === "input" ? TYPING : PAUSE));
}

// A link followed within the pause takes the answer along.
async function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || !pending.size || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  event.preventDefault();
  await giveAll().catch(() => {});
  location.assign(link.href);
}

const isReady = home ? begin().catch(() => {}) : Promise.resolve();
form?.addEventListener("change", (event) => isReady.then(() => changed(event)));
form?.addEventListener("input", (event) => event.target.inputMode && isReady.then(() => changed(event)));
form?.addEventListener("submit", leave);
if (form) document.addEventListener("click", follow);
addEventListener("pagehide", () => pending.size && giveAll().catch(() => {}));
handIn?.addEventListener("submit", (event) => dots.size && submit(event).catch(() => handIn.submit()));

// All questions of the attempt are fetched beforehand, so that a dead network lets people go on.
if (dots.size && !isCopy) {
  const pages = [home, ...[...dots.values()].map(({ href }) => new URL(href).pathname)];
  navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ keep: pages }));
}
