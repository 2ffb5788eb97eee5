// What is ticked in <form data-draft="what it is about" data-draft-back="sentence"> stays on this device until it is sent:
// a session that ends, a browser that is closed, a page that is too old lose none of it. Signing out forgets it, and so
// does another person's page (device.js). Nothing is sent by itself, and no password is kept.

import { belongTo, recall, remember } from "./queue.js";

const form = document.querySelector("form[data-draft]");
const boxes = [...form.querySelectorAll("input[type=checkbox]")];
const about = `draft ${form.dataset.draft}`;

async function begin() {
  await belongTo(document.documentElement.dataset.who);
  const ticked = (await recall(about)) ?? [];
  const back = boxes.filter(({ name, checked }) => !checked && ticked.includes(name));
  back.forEach((box) => (box.checked = true));
  if (back.length) form.querySelector("[role=status]").textContent = form.dataset.draftBack;
}

const isReady = begin().catch(() => {}); // a browser that keeps nothing: the form is sent as usual
const keep = () => remember(about, boxes.filter(({ checked }) => checked).map(({ name }) => name));

form.addEventListener("change", () => isReady.then(keep).catch(() => {}));
