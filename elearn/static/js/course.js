// A line to walk along: a slider, or the pointer above the line, tells the share of each of its days.

const figure = document.querySelector("figure[data-days]");
const days = JSON.parse(figure.dataset.days);
const svg = figure.querySelector("svg");
const corners = [...svg.querySelector("polyline").points];
const dot = document.createElementNS(svg.namespaceURI, "circle");
const told = document.createElement("p");
const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: days.length - 1 });

function tell(place) {
  const words = days[place].join(": ");
  slider.value = place;
  slider.setAttribute("aria-valuetext", words);
  told.textContent = words;
  dot.setAttribute("cx", corners[place].x);
  dot.setAttribute("cy", corners[place].y);
}

function below({ clientX, clientY }) {
  const { x } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  const share = (x - corners[0].x) / (corners.at(-1).x - corners[0].x);
  return Math.round(Math.min(1, Math.max(0, share)) * (days.length - 1));
}

if (days.length > 1) {
  dot.setAttribute("r", "5");
  dot.setAttribute("fill", "currentColor");
  svg.append(dot);
  slider.setAttribute("aria-label", figure.dataset.label);
  svg.after(slider, told);
  slider.addEventListener("input", () => tell(slider.valueAsNumber));
  svg.addEventListener("pointermove", (event) => tell(below(event)));
  tell(days.length - 1);
}
