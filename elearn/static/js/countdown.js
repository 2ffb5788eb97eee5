// Shows how much time is left by the server's clock. The server closes the attempt; this only tells. Both instants may
// change while the page is open: minutes are given back, or a copy of the page learns what time it is.
// <p class="timer" data-due="2026-11-22T03:50:00+00:00" data-now="2026-11-22T03:32:00+00:00">Sisa <span>18 menit</span></p>

import { word } from "./words.js";

const SPOKEN = [300, 60]; // seconds left at which a screen reader is told

const [visit] = performance.getEntriesByType("navigation");
const answeredAt = performance.timeOrigin + (visit?.responseStart ?? 0);

// Calmly: whole minutes, and seconds only when few are left.
function written(seconds) {
  if (seconds > SPOKEN[0]) return word("{minutes} menit", { minutes: Math.ceil(seconds / 60) });
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
}

function count(timer) {
  const face = timer.querySelector("span") ?? timer.appendChild(document.createElement("span"));
  const voice = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  voice.setAttribute("role", "status");
  timer.after(voice);
  let before = Infinity;
  let due = timer.dataset.due;

  function tick() {
    if (due !== timer.dataset.due) voice.textContent = word("Batas waktu berubah.");
    due = timer.dataset.due;
    const length = Date.parse(due) - Date.parse(timer.dataset.now);
    const left = Math.max(0, Math.ceil((length - (Date.now() - answeredAt)) / 1000));
    face.textContent = written(left);
    timer.classList.toggle("soon", left <= SPOKEN[0]);
    const passed = SPOKEN.findLast((mark) => before > mark && left <= mark);
    if (passed && before !== Infinity && left > 0) voice.textContent = word("Sisa waktu {minutes} menit.", { minutes: passed / 60 });
    if (left === 0 && before > 0) end();
    before = left;
  }

  // A copy shown without a network stays; what it keeps is sent when the line is back.
  function end() {
    voice.textContent = word("Waktu habis. Jawaban yang tersimpan akan dinilai.");
    if (timer.dataset.done && !("stale" in document.documentElement.dataset)) setTimeout(() => location.assign(timer.dataset.done), 1500);
  }

  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  tick();
}

document.querySelectorAll("[data-due]").forEach(count);
