// The service worker: due pages can be read without a network, and what is sent meanwhile waits in the queue.
// Only pages whose answer says `Elearn-Keep: <whose>` are kept, only for that person, and only until she signs out.

import { belongTo, enqueue, owner, send } from "./queue.js";

const RELEASE = new URL("..", import.meta.url).pathname; // /static/<release>/
const SHELL = `shell ${RELEASE}`;
const PAGES = `pages ${RELEASE}`;
const OFFLINE = "/perangkat/tanpa-jaringan";
const FILES = ["css/app.css", "css/print.css", "js/app.js", "js/device.js", "js/queue.js", "js/words.js", "img/logo.svg"];
const PATIENCE = 8000; // milliseconds until a kept page is shown instead of one that does not come
const OLD = 24 * 3600 * 1000; // milliseconds after which a kept page is fetched anew
const DEEDS = [/^\/belajar\/[^/]+\/pelajaran\/[^/]+$/, /^\/skenario\/[^/]+\/langkah\/\d+$/];
const WAYS = [/^\/belajar\/[^/]+\/lanjut$/, /^\/belajar\/[^/]+\/skenario\/[^/]+$/]; // buttons that only lead on
const ADDRESSES = ["luring", "kiriman", "label"];

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("sync", (event) => {
  event.waitUntil(send({ isRepeated: true }).then((isDone) => isDone || Promise.reject(new Error("still waiting"))));
});

self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if (request.method === "GET") event.respondWith(shown(event, url));
  else if (request.method === "POST") event.respondWith(sent(request, url));
});

async function prepare() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES.map((name) => RELEASE + name));
  await shell.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit", cache: "reload" }));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== SHELL && name !== PAGES).map((name) => caches.delete(name)));
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith(RELEASE)) (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

// A page from the network, else as it was kept, else the page that says so.
async function shown(event, url) {
  const place = url.pathname + url.search;
  const arriving = fetch(event.request).then(async (answer) => {
    event.waitUntil(keep(place, answer.clone()));
    return answer;
  });
  event.waitUntil(arriving.catch(() => {}));
  const kept = await find(place);
  try {
    return await (kept ? Promise.race([arriving, late()]) : arriving);
  } catch {
    return (kept && ((await standIn(kept)) ?? kept)) || fallback();
  }
}

// A page that goes out of date names another one, kept as well, to be shown without a network.
async function standIn(kept) {
  const instead = kept.headers.get("Elearn-Instead");
  return instead && (await find(instead)) ? Response.redirect(new URL(instead, location.href).href) : undefined;
}

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
const fallback = async () => (await caches.match(OFFLINE)) ?? Response.error();
const find = async (place) => (await caches.open(PAGES)).match(place, { ignoreVary: true });

// What is kept says of itself that it is a copy, since what it shows may be old: <html data-stale>.
function copy(html, { status, headers }) {
  const own = new Headers(headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => own.delete(name));
  return new Response(html.replace("<html ", "<html data-stale "), { status, headers: own });
}

// Keep an answer that may be kept, with the files it needs; the further pages that it names.
async function keep(place, answer) {
  const who = answer.headers.get("Elearn-Keep");
  if (!who || !answer.ok || answer.redirected) return [];
  await belongTo(who);
  const html = await answer.text();
  const files = [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await (await caches.open(PAGES)).put(place, copy(html, answer));
  await Promise.all(files.map((address) => file(new Request(address)).catch(() => {})));
  return [...html.matchAll(/data-keep="([^"]+)"/g)].flatMap((found) => found[1].split(" "));
}

// Fetch the pages that a page names, one after the other, those not kept lately; no hurry and no complaint.
async function keepAll(named) {
  const places = new Set(named); // grows while it is walked
  for (const place of places) {
    const kept = await find(place);
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < OLD) continue;
    try {
      (await keep(place, await fetch(place))).forEach((further) => places.add(further));
    } catch {
      return;
    }
  }
}

// A form sent: if the line is down, what may wait goes into the queue, and the person goes on with a page kept.
async function sent(request, url) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    if (!(await owner()) || ![...DEEDS, ...WAYS].some((kind) => kind.test(url.pathname))) return fallback();
  }
  const form = await copy.formData();
  const fields = [...form].filter(([name]) => !ADDRESSES.includes(name));
  const isDeed = DEEDS.some((kind) => kind.test(url.pathname));
  if (isDeed) await enqueue({ url: form.get("kiriman") || url.pathname, fields, label: form.get("label") ?? "" });
  return Response.redirect(await nextKept(form.getAll("luring")), 303);
}

async function nextKept(places) {
  for (const place of places.map((each) => new URL(each, location.href))) {
    if (await find(place.pathname)) return place.href;
  }
  return new URL(OFFLINE, location.href).href;
}
