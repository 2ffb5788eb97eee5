// While a directive is written: open what a choice needs, and say how many people are bound and who was named.

const part = document.querySelector("[data-reach]");
const form = part.closest("form");
const output = part.querySelector("output");
const PAUSE = 400; // milliseconds after the last key before the people of a list are looked up
let latest = 0;
let timer;

async function tell() {
  const turn = ++latest;
  const chosen = new FormData(form);
  const names = new Set([...part.querySelectorAll("[name]")].map((field) => field.name));
  const sent = [...chosen].filter(([name]) => names.has(name) || name === "csrf_token");
  const answer = await fetch(part.dataset.reach, { method: "POST", body: new URLSearchParams(sent) });
  if (answer.ok && turn === latest) show(await answer.json());
}

function show({ text, people, excepted }) {
  output.textContent = text;
  fill("people", people);
  fill("excepted", excepted);
}

function fill(name, lines) {
  const items = lines.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
  part.querySelector(`[data-list="${name}"]`).replaceChildren(...items);
}

part.addEventListener("change", ({ target }) => {
  if (target.name === "reach") {
    for (const list of part.querySelectorAll("[data-opens]")) list.open = list.dataset.opens === target.value;
  }
  tell();
});
part.addEventListener("input", ({ target }) => {
  clearTimeout(timer);
  if (target.matches("textarea")) timer = setTimeout(tell, PAUSE);
});
part.querySelector("[name=periksa]").remove();
tell();
