// Shows how much time is left by the server's clock. The server closes the attempt; this only tells.
// <p class="timer" data-due="2026-11-22T03:50:00+00:00" data-now="2026-11-22T03:32:00+00:00">Sisa <span>18.00</span></p>

const SPOKEN = [300, 60]; // seconds left at which a screen reader is told

const [visit] = performance.getEntriesByType("navigation");
const answeredAt = performance.timeOrigin + (visit?.responseStart ?? 0);

function written(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return parts
    .slice(parts[0] ? 0 : 1)
    .map((part, place) => (place ? String(part).padStart(2, "0") : String(part)))
    .join(".");
}

function count(timer) {
  const face = timer.querySelector("span") ?? timer.appendChild(document.createElement("span"));
  const voice = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  voice.setAttribute("role", "status");
  timer.after(voice);
  const length = Date.parse(timer.dataset.due) - Date.parse(timer.dataset.now);
  let before = Infinity;

  function tick() {
    const left = Math.max(0, Math.ceil((length - (Date.now() - answeredAt)) / 1000));
    face.textContent = written(left);
    timer.classList.toggle("soon", left <= SPOKEN[0]);
    const passed = SPOKEN.find((mark) => before > mark && left <= mark);
    if (passed && before !== Infinity && left > 0) voice.textContent = `Sisa waktu ${passed / 60} menit.`;
    before = left;
    if (left > 0) return;
    clearInterval(clock);
    voice.textContent = "Waktu habis. Jawaban yang tersimpan akan dinilai.";
    if (timer.dataset.done) setTimeout(() => location.assign(timer.dataset.done), 1500);
  }

  const clock = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  tick();
}

document.querySelectorAll("[data-due]").forEach(count);
