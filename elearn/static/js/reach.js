// While a directive is written: show the list of agencies only when it is used, and say how many people are bound.

const part = document.querySelector("[data-reach]");
const list = part.querySelector("[data-reach-list]");
const output = part.querySelector("output");
let latest = 0;

async function tell() {
  const chosen = [...part.querySelectorAll("input:checked")].map((input) => [input.name, input.value]);
  list.hidden = !chosen.some(([name, value]) => name === "reach" && value === "pilihan");
  const turn = ++latest;
  const answer = await fetch(`${part.dataset.reach}?${new URLSearchParams(chosen)}`);
  if (answer.ok && turn === latest) output.textContent = (await answer.json()).text;
}

part.addEventListener("change", tell);
tell();
