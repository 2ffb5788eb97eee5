// What this device keeps for the person signed in: says what waits, keeps due pages, forgets all of it at sign-out.

import { belongTo, drop, forget, remember, send, sentSince, state } from "./queue.js";
import { word } from "./words.js";

const CALM = 1500; // milliseconds that sending may take before the page speaks of it
const place = document.querySelector("[data-device]");
const leaving = document.querySelector("form[data-sign-out]");
let before = 0;
let latest;
let timer;

const make = (name, facts = {}, ...parts) => {
  const node = Object.assign(document.createElement(name), facts);
  node.append(...parts);
  return node;
};

function told({ waiting, refused, isSignedOut }) {
  const parts = [];
  if (waiting.length) parts.push(make("p", {}, word("{count} kiriman tersimpan di perangkat, belum terkirim. ", { count: waiting.length }), ...next(isSignedOut)));
  else if (before) parts.push(make("p", {}, word("Semua yang tersimpan di perangkat sudah terkirim.")));
  else if (!navigator.onLine) parts.push(make("p", {}, word("Tanpa jaringan. Yang Anda kerjakan disimpan di perangkat dan dikirim saat tersambung.")));
  if (refused.length) parts.push(make("ul", {}, ...refused.map(refusal)));
  before = waiting.length;
  return parts;
}

function next(isSignedOut) {
  if (!isSignedOut) return [word(navigator.onLine ? "Sedang dicoba lagi." : "Dikirim saat tersambung.")];
  const back = `/masuk?next=${encodeURIComponent(location.pathname)}`;
  return [word("Sesi Anda berakhir. "), make("a", { href: back }, word("Masuk lagi untuk mengirimnya"))];
}

function refusal({ key, label, sentence }) {
  const seen = make("button", { type: "button", className: "link-button" }, word("Hapus dari perangkat"));
  seen.addEventListener("click", () => drop(key));
  return make("li", {}, word("{label} tidak diterima: {sentence} ", { label: label || word("Kiriman"), sentence: word(sentence) }), seen);
}

function show(kept) {
  latest = kept;
  const isQuick = kept.waiting.length && !before && navigator.onLine && !kept.isSignedOut;
  timer ??= setTimeout(draw, isQuick ? CALM : 0);
}

function draw() {
  timer = undefined;
  const parts = told(latest);
  place.firstElementChild.replaceChildren(...parts);
  place.classList.toggle("empty", !parts.length);
  latest.waiting.forEach(({ url }) => mark(url, word("Tersimpan di perangkat")));
  hold(latest.waiting);
}

// Lessons and stories ticked without a network say so in the list of parts.
function mark(url, told) {
  document.querySelectorAll(".parts li").forEach((part) => {
    const [status, way] = [part.querySelector(".status"), part.querySelector("a[href], form[action]")];
    const place = way && new URL(way.action ?? way.href).pathname;
    if (status && (url === place || url.startsWith(`${place}/langkah/`))) status.replaceChildren(told);
  });
}

const markSent = (url) => mark(url, word(url.includes("/langkah/") ? "Terkirim" : "Selesai"));

// A story whose choice waits here says so instead of asking again, and goes on by itself once it is sent.
function hold(waiting) {
  document.querySelectorAll("form[data-waits]").forEach((form) => {
    const isHeld = waiting.some(({ url }) => url === form.dataset.waits);
    form.hidden = isHeld;
    form.nextElementSibling?.toggleAttribute("hidden", !isHeld);
  });
}

function goOn({ detail }) {
  markSent(detail.url);
  const form = [...document.querySelectorAll("form[data-waits][hidden]")].find(({ dataset }) => dataset.waits === detail.url);
  if (form) location.assign(form.action);
}

// How far a story has come, so that it goes on from there when the network is gone (story.js).
async function noteWay() {
  const way = JSON.parse(document.querySelector("[data-way]")?.dataset.way ?? "null");
  if (way && !("stale" in document.documentElement.dataset)) await remember(`way ${way.story}`, way);
}

// Before somebody leaves: send what can be sent, ask about the rest, and leave nothing of hers here.
async function leave(event) {
  event.preventDefault();
  const isDone = await Promise.race([send(), new Promise((resolve) => setTimeout(resolve, 5000))]);
  const { waiting } = await state();
  const question = word("{count} kiriman belum terkirim dan akan hilang dari perangkat ini bila Anda keluar sekarang. Tetap keluar?", {
    count: waiting.length,
  });
  if (!isDone && waiting.length && !confirm(question)) return delete leaving.dataset.sent;
  await forget();
  leaving.submit();
}

async function keepPages(worker) {
  const places = [...document.querySelectorAll("[data-keep]")].flatMap((node) => node.dataset.keep.split(" "));
  if (places.length && !navigator.connection?.saveData) worker.postMessage({ keep: places });
}

// On the page for when there is no network: what can be read all the same.
async function listKept(list) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith("pages"))) {
    const pages = await caches.open(name);
    for (const { url } of await pages.keys()) {
      const { title } = new DOMParser().parseFromString(await (await pages.match(url)).text(), "text/html");
      if (title) list.append(make("li", {}, make("a", { href: url }, title.replace(/ · elearn$/, ""))));
    }
  }
  list.parentElement?.toggleAttribute("hidden", !list.children.length);
}

async function begin() {
  const { who } = document.documentElement.dataset;
  if (who) await belongTo(who);
  document.addEventListener("queue:change", ({ detail }) => show(detail));
  document.addEventListener("queue:sent", goOn);
  ["online", "offline"].forEach((name) => addEventListener(name, async () => show(await state())));
  show(await state());
  (await sentSince(performance.timeOrigin)).forEach(markSent);
  await noteWay();
  if (who) send();
}

begin().catch(() => {}); // a browser that keeps nothing: every form is sent as usual
leaving?.addEventListener("submit", (event) => leave(event).catch(() => leaving.submit()));
document.querySelectorAll("[data-kept]").forEach(listKept);

navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {});
navigator.serviceWorker?.ready.then(({ active }) => keepPages(active));

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // no pop-up: a quiet button at the foot of the page
  const button = document.querySelector("[data-install]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => event.prompt());
});
