// What a person does while the line is down: kept in IndexedDB, sent in order when it is back, and never twice.
//   await enqueue({ url, fields, key, label })
//     fields  FormData, or pairs of name and value; key: a UUID of this deed, by which the server knows a repetition
//     label   what it is called on the page, such as "Soal 7" (optional)
// It adds `client_key`, `age` (seconds since then) and the form's token, and posts with `Accept: application/json`.
// `enqueue` is done once the deed is kept; it fails where the browser keeps nothing: then send the form as usual.
// On `document`:  queue:change  { waiting, refused, isSignedOut }, waiting and refused being lists of deeds
//                 queue:sent    { key, url, answer }    the server has it; answer is its JSON
//                 queue:refused { key, url, sentence }  the server says no, with its sentence; kept until `drop(key)`
// Deeds of one lane (/kuis/<id>, /belajar/<modul>, /skenario/<id>) keep their order. The page and the service worker
// share this file; only the page has a `document`.

const WAITS = [2, 4, 8, 15, 30, 60]; // seconds before each further try
const PATIENCE = 20000; // milliseconds for one answer
const PASS = "/perangkat/tanda";
const SENT = "sent"; // the last deeds that were sent,
const LATELY = 30; // so many of them
const REFUSED = "Kiriman ini tidak dapat diterima.";

const page = globalThis.document;
const channel = globalThis.BroadcastChannel && new BroadcastChannel("elearn-queue");
let opening;
let pass = ownPass();
let isSignedOut = false;
let tries = 0;
let timer = 0;

class Later extends Error {}
class SignedOut extends Error {}

// The kept things

function open() {
  opening ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open("elearn", 1);
    asking.onupgradeneeded = () => {
      asking.result.createObjectStore("deeds", { keyPath: "id", autoIncrement: true }).createIndex("key", "key", { unique: true });
      asking.result.createObjectStore("facts");
    };
    asking.onsuccess = () => {
      asking.result.onclose = asking.result.onversionchange = () => {
        asking.result.close();
        opening = undefined;
      };
      resolve(asking.result);
    };
    asking.onerror = () => {
      opening = undefined;
      reject(asking.error);
    };
  });
  return opening;
}

async function within(store, mode, work) {
  const turn = (await open()).transaction(store, mode);
  return new Promise((resolve, reject) => {
    const asking = work(turn.objectStore(store));
    turn.oncomplete = () => resolve(asking?.result);
    turn.onabort = turn.onerror = () => reject(turn.error);
  });
}

const deeds = (mode, work) => within("deeds", mode, work);

// Whose device this is at present: an opaque mark of the account, "" before anybody signed in.
export async function owner() {
  return page?.documentElement.dataset.who || (await within("facts", "readonly", (facts) => facts.get("who"))) || "";
}

// Make it the device of an account; what an earlier one left here is forgotten first.
export async function belongTo(who) {
  const before = await within("facts", "readonly", (facts) => facts.get("who"));
  if (before && before !== who) await forget();
  if (before !== who) await within("facts", "readwrite", (facts) => facts.put(who, "who"));
}

// Forget everything private on this device: deeds, whose they were, kept pages.
export async function forget() {
  await deeds("readwrite", (store) => store.clear());
  await within("facts", "readwrite", (facts) => facts.clear());
  const kept = globalThis.caches ? await caches.keys() : [];
  await Promise.all(kept.filter((name) => name.startsWith("pages")).map((name) => caches.delete(name)));
  await tell();
}

// Facts that a page keeps for itself on this device, as private as the rest.
export const recall = (name) => within("facts", "readonly", (facts) => facts.get(`page ${name}`));
export const remember = (name, fact) => within("facts", "readwrite", (facts) => facts.put(fact, `page ${name}`));

// The addresses of what was sent after an instant, which a page that came meanwhile may not know of.
export const sentSince = async (at) => ((await recall(SENT)) ?? []).filter((deed) => deed.at > at).map(({ url }) => url);

async function list() {
  const [who, all] = [await owner(), await deeds("readonly", (store) => store.getAll())];
  return all.filter((deed) => deed.owner === who);
}

// What waits and what was refused, each a list of { key, url, label, at, sentence }.
export async function state() {
  const own = await list();
  return { waiting: own.filter((deed) => !deed.sentence), refused: own.filter((deed) => deed.sentence), isSignedOut };
}

export async function enqueue({ url, fields, key = crypto.randomUUID(), label = "" }) {
  const pairs = [...fields].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
  const deed = { owner: await owner(), url: new URL(url, location.href).pathname, fields: pairs, key, label, at: Date.now() };
  try {
    await deeds("readwrite", (store) => store.add(deed));
  } catch (error) {
    if (error?.name !== "ConstraintError") throw error; // the same deed again
  }
  await tell();
  tries = 0;
  send();
  return key;
}

// Let go of a refused deed that the person has seen.
export async function drop(key) {
  const deed = (await list()).find((each) => each.key === key);
  if (deed) await deeds("readwrite", (store) => store.delete(deed.id));
  await tell();
}

// Sending

// Send what waits, one sender at a time; true when nothing waits any more. Whoever tries again by herself says so.
export async function send({ isRepeated = false } = {}) {
  clearTimeout(timer);
  const isDone = await (globalThis.navigator.locks?.request("elearn-queue", sendAll) ?? sendAll());
  await tell();
  if (!isDone && !isSignedOut && !isRepeated) tryLater();
  if (isDone) tries = 0;
  return isDone;
}

function tryLater() {
  const registration = globalThis.registration ?? null;
  (registration ? Promise.resolve(registration) : navigator.serviceWorker?.ready)
    ?.then((ready) => ready.sync?.register("queue"))
    .catch(() => {}); // without Background Sync the timer and the next page do it
  if (page) timer = setTimeout(() => send(), WAITS[Math.min(tries++, WAITS.length - 1)] * 1000);
}

async function sendAll() {
  const stuck = new Set();
  for (;;) {
    const deed = (await list()).find((each) => !each.sentence && !stuck.has(lane(each.url)));
    if (!deed) return !stuck.size;
    try {
      await settle(deed, await post(deed));
      isSignedOut = false;
    } catch (error) {
      isSignedOut = error instanceof SignedOut;
      pass = undefined; // who is signed in is asked anew before anything else is sent
      if (!(error instanceof Later)) return false; // no line, or nobody signed in: the others would fare no better
      stuck.add(lane(deed.url));
    }
  }
}

const lane = (url) => url.split("/").slice(0, 3).join("/");

async function settle(deed, { answer, sentence }) {
  if (sentence) await deeds("readwrite", (store) => store.put({ ...deed, sentence }));
  else await deeds("readwrite", (store) => store.delete(deed.id));
  const { key, url } = deed;
  if (!sentence) await remember(SENT, [...((await recall(SENT)) ?? []).slice(-LATELY), { url, at: Date.now() }]);
  announce(sentence ? "queue:refused" : "queue:sent", sentence ? { key, url, sentence } : { key, url, answer });
  await tell();
}

async function post(deed, isSecondTry = false) {
  const { who, token } = await takePass(isSecondTry);
  if (who !== deed.owner) throw new SignedOut();
  const age = Math.max(0, Math.round((Date.now() - deed.at) / 1000));
  const answer = await fetch(deed.url, {
    method: "POST",
    body: new URLSearchParams([...deed.fields, ["client_key", deed.key], ["age", age], ["csrf_token", token]]),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return { answer: told };
  if (answer.status === 400 && !isSecondTry) return post(deed, true); // the token of a page that lay open too long
  if (answer.status === 401) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429) throw new Later();
  return { sentence: told.detail || REFUSED };
}

// Who is signed in, and the token their forms carry, as the page says it that has just come from the server.
function ownPass() {
  const { who, stale } = page?.documentElement.dataset ?? {};
  const token = page?.querySelector("input[name=csrf_token]")?.value;
  return who && token && stale === undefined ? { who, token } : undefined;
}

// The same where the page may be wrong about it: asked for; `who` is empty where nobody is signed in.
async function takePass(isAskedFor) {
  if (pass && !isAskedFor) return pass;
  const answer = await fetch(PASS, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok) throw new Later();
  return (pass = await answer.json());
}

// Telling

async function tell() {
  announce("queue:change", await state());
}

function announce(name, detail) {
  page?.dispatchEvent(new CustomEvent(name, { detail }));
  channel?.postMessage({ name, detail });
}

channel?.addEventListener("message", ({ data }) => page?.dispatchEvent(new CustomEvent(data.name, { detail: data.detail })));

if (page) {
  addEventListener("online", () => send());
  addEventListener("pageshow", () => send());
  page.addEventListener("visibilitychange", () => page.visibilityState === "visible" && send());
}
