// Small kindnesses on every page; each page works the same without them.

import { word } from "./words.js";

const FORGET_AFTER = 8000; // milliseconds until a form that stayed on the page (a download) may be sent again

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), FORGET_AFTER);
  });
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// One button for all passwords of a form; they are hidden again before they leave.
function offerToShow(form) {
  const secrets = [...form.querySelectorAll("input[type=password]")];
  if (!secrets.length) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
  const told = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  told.setAttribute("role", "status");
  const show = (isShown) => {
    secrets.forEach((each) => (each.type = isShown ? "text" : "password"));
    button.textContent = word(isShown ? "Sembunyikan kata sandi" : "Tampilkan kata sandi");
    return isShown;
  };
  let isShown = show(false);
  button.addEventListener("click", () => {
    isShown = show(!isShown);
    told.textContent = word(isShown ? "Kata sandi terlihat di layar." : "Kata sandi tersembunyi.");
  });
  form.addEventListener("submit", () => (isShown = show(false)));
  secrets.forEach((each) => Object.assign(each, { spellcheck: false, autocapitalize: "none" }));
  secrets.at(-1).after(button, told);
}

function makeSortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isRising = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isRising ? "ascending" : "descending");
      const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      body.append(...(isRising ? rows : rows.reverse()));
    });
  });
}

const key = (cell) => cell.dataset.sort ?? cell.textContent.trim();

function compare(a, b) {
  const difference = Number(key(a)) - Number(key(b));
  return Number.isNaN(difference) ? key(a).localeCompare(key(b), document.documentElement.lang, { numeric: true }) : difference;
}

function makeSearchable(table) {
  const rows = [...table.tBodies[0].rows];
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "search", className: "short" });
  const found = Object.assign(document.createElement("p"), { className: "muted" });
  found.setAttribute("role", "status");
  label.append(word("Cari dalam tabel"), box);
  const bar = Object.assign(document.createElement("div"), { className: "toolbar no-print" });
  bar.append(label, found);
  table.parentElement.before(bar);
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/);
    rows.forEach((row) => (row.hidden = !words.every((each) => row.textContent.toLowerCase().includes(each))));
    const count = rows.filter((row) => !row.hidden).length;
    found.textContent = box.value ? word("{count} dari {total} baris", { count, total: rows.length }) : "";
  });
}

async function copy(button) {
  const place = button.querySelector("span") ?? button;
  const before = place.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  place.textContent = word("Tautan tersalin");
  setTimeout(() => (place.textContent = before), 3000);
}

if (document.documentElement.dataset.who) import("./device.js");

document.querySelectorAll("form[method=post]").forEach(sendOnce);
document.querySelectorAll("form").forEach(offerToShow);
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

document.querySelectorAll("table[data-filter]").forEach((table) => {
  makeSortable(table);
  if (table.tBodies[0].rows.length > 10) makeSearchable(table);
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copy(button));
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

document.querySelectorAll("[data-reload]").forEach((waiting) => {
  setTimeout(() => location.reload(), Number(waiting.dataset.reload) * 1000);
});

document.querySelector("[data-focus]")?.focus();
