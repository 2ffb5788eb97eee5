// While a directive is written: open the list of agencies when it is used, and say how many people are bound.

const part = document.querySelector("[data-reach]");
const list = part.querySelector("details");
const output = part.querySelector("output");
let latest = 0;

async function tell() {
  const chosen = [...part.querySelectorAll("input:checked")].map((input) => [input.name, input.value]);
  const turn = ++latest;
  const answer = await fetch(`${part.dataset.reach}?${new URLSearchParams(chosen)}`);
  if (answer.ok && turn === latest) output.textContent = (await answer.json()).text;
}

part.addEventListener("change", ({ target }) => {
  if (target.name === "reach") list.open = target.value === "pilihan";
  tell();
});
tell();
