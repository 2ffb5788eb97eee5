// A whole story played without a network, as elearn/content/stories/story.py plays it: from the page of the story that
// the browser keeps. Each choice waits in the queue and is sent in order; the server plays it again and decides.
//   <script type="application/json" data-story>{ "workings": …, "way": { story, seed, drawn, choices, at } }</script>
//   <div data-stage …words… hidden> <div data-plain> <template data-scene="…"> <template data-outcome="scene/choice">

import { enqueue, recall, remember, state as queued } from "./queue.js";

// What a story means; state: { scene, values, drawn, made }

export function begin({ start, variables }, drawn) {
  return { scene: start, values: Object.fromEntries(variables.map(({ id, start: value }) => [id, value])), drawn, made: [] };
}

const isHeld = (state) => (condition) => {
  const value = state.values[condition.variable];
  return (
    (condition.at_least === undefined || value >= condition.at_least) &&
    (condition.below === undefined || value < condition.below) &&
    (!condition.chose || state.made.includes(condition.chose)) &&
    (!condition.avoided || !state.made.includes(condition.avoided)) &&
    (!condition.variant || state.drawn[condition.variant] === condition.value)
  );
};

const allHold = (when, state) => when.every(isHeld(state));

export const offered = ({ scenes }, state) => scenes[state.scene].choices.filter(({ when }) => allHold(when, state));

export function take({ bounds: [least, most] }, state, { id, effects, routes, next }) {
  const moved = Object.entries(state.values).map(([name, value]) => [name, Math.min(most, Math.max(least, value + (effects[name] ?? 0)))]);
  const after = { ...state, values: Object.fromEntries(moved), made: [...state.made, `${state.scene}/${id}`] };
  const route = routes.find(({ when }) => allHold(when, after));
  return { ...after, scene: route ? route.next : next };
}

// The states from the beginning to the one after the last choice that could be made.
export function walk(workings, { drawn, choices }) {
  const states = [begin(workings, drawn)];
  for (const id of choices) {
    const choice = offered(workings, states.at(-1)).find((each) => each.id === id);
    if (!choice) break;
    states.push(take(workings, states.at(-1), choice));
  }
  return states;
}

// The page

const facts = document.querySelector("[data-story]");
const stage = document.querySelector("[data-stage]");
let workings;
let way;

const isOwn = ({ url, fields }) => url.startsWith(`${way.story}/langkah/`) && fields.some(([name, value]) => name === "seed" && value === way.seed);
const template = (kind, name) => document.querySelector(`template[data-${kind}="${name}"]`).content.cloneNode(true);

// How far the story is: as this page was kept, as later pages said, and as this device has gone on since.
async function findWay(own) {
  const noted = await recall(`way ${own.story}`);
  const isFurther = noted && (noted.seed === own.seed ? noted.choices.length > own.choices.length : noted.at > own.at);
  way = isFurther ? noted : own;
  const waiting = (await queued()).waiting.filter(isOwn);
  for (const { url, fields } of waiting) way.choices[Number(url.split("/").pop()) - 1] = new Map(fields).get("choice");
  way.choices = walk(workings, way).slice(1).map(({ made }) => made.at(-1).split("/")[1]);
  return waiting.length;
}

function show(content, count, before) {
  const state = walk(workings, way)[count];
  content.querySelector("[data-meters]").replaceWith(meters(state, before));
  stage.replaceChildren(content);
  stage.hidden = false;
  document.querySelector("[data-plain]").hidden = true;
  tellSaved();
  stage.querySelector("[data-heading]").focus();
  scrollTo(0, 0);
}

function showScene() {
  const count = way.choices.length;
  const state = walk(workings, way)[count];
  const content = template("scene", state.scene);
  content.querySelectorAll("[data-number]").forEach((place) => (place.textContent = count + 1));
  workings.scenes[state.scene].asides.forEach((when, index) => (content.querySelectorAll("[data-aside]")[index].hidden = !allHold(when, state)));
  for (const { id } of offered(workings, state)) {
    const button = content.querySelector(`[data-choice="${id}"]`);
    button.hidden = false;
    button.addEventListener("click", () => choose(id, button));
  }
  show(content, count, null);
}

function showOutcome() {
  const count = way.choices.length;
  const states = walk(workings, way);
  const content = template("outcome", states[count].made.at(-1));
  content.querySelector("[data-on]").addEventListener("click", showScene);
  show(content, count, states[count - 1]);
}

function meters(state, before) {
  const content = document.querySelector("template[data-gauges]").content.cloneNode(true);
  workings.variables.forEach(({ id, good }, index) => {
    const line = content.querySelectorAll("li")[index];
    const value = state.values[id];
    line.querySelector("strong").textContent = value;
    line.querySelector(".value").setAttribute("width", value);
    if (before) line.querySelector("svg").before(", ", change(value - before.values[id], good));
  });
  return content;
}

function change(difference, isGood) {
  const { same, up, down } = stage.dataset;
  if (!difference) return same;
  const content = template("change", difference > 0 === isGood ? "better" : "worse");
  content.querySelector(".status").append(`${difference > 0 ? up : down} ${Math.abs(difference)}`);
  return content;
}

async function choose(id, button) {
  stage.querySelectorAll("button").forEach((each) => (each.disabled = true));
  const [sequence, fields] = [way.choices.length + 1, [["seed", way.seed], ["choice", id]]];
  try {
    await enqueue({ url: `${way.story}/langkah/${sequence}`, fields, label: stage.dataset.label });
  } catch {
    stage.querySelectorAll("button").forEach((each) => (each.disabled = false));
    return say(stage.dataset.lost, "late");
  }
  way.choices.push(id);
  await remember(`way ${way.story}`, way);
  showOutcome();
}

async function tellSaved() {
  if (!way.choices.length) return;
  const isWaiting = (await queued()).waiting.some(isOwn);
  say(isWaiting ? stage.dataset.waiting : stage.dataset.sent, isWaiting ? "late" : "ok");
}

function say(sentence, kind) {
  const place = stage.querySelector("[data-saved]");
  if (place && place.textContent !== sentence) Object.assign(place, { textContent: sentence, className: `saved ${kind}` });
}

// With a network the story itself is opened; this page plays it where there is none or choices still wait.
async function open() {
  const told = JSON.parse(facts.textContent);
  workings = told.workings;
  const waits = await findWay(told.way);
  if (!waits && !("stale" in document.documentElement.dataset)) return;
  document.addEventListener("queue:change", tellSaved);
  if (location.hash === "#akibat" && way.choices.length) showOutcome();
  else showScene();
}

if (facts) open();
