// Sends each answer of the quiz shortly after it is given, and says so; the buttons of the form do the same without it.
// <form method="post" action="…" data-autosave> … <p class="saved" role="status" data-saved></p> </form>

const PAUSE = 300; // milliseconds in which ticks and arrow keys become one answer
const WAITS = [2000, 4000, 8000, 15000, 30000]; // milliseconds before each further try
const LOST = "Koneksi terputus. Pilihan Anda belum terkirim; akan dicoba lagi.";
const SIGNED_OUT = "Sesi Anda berakhir. Muat ulang halaman untuk masuk lagi; jawaban yang sudah tersimpan aman.";

class Refused extends Error {}

function keepSaved(form) {
  const place = form.querySelector("[data-saved]");
  let isWanted = false;
  let isSending = false;
  let tries = 0;
  let timer = 0;

  function say(sentence, state) {
    place.textContent = sentence;
    place.className = `saved ${state}`;
  }

  async function send() {
    clearTimeout(timer);
    if (isSending || !isWanted) return;
    isSending = true;
    isWanted = false;
    try {
      say(await post(form), "ok");
      tries = 0;
    } catch (error) {
      settle(error);
    }
    isSending = false;
    if (isWanted) timer = setTimeout(send, tries && WAITS[Math.min(tries, WAITS.length) - 1]);
  }

  // Before the page goes; what the network has just refused waits, so that the browser can ask whether to leave.
  function sendAtOnce() {
    if (!tries) send();
  }

  function settle(error) {
    if (error instanceof Refused) return say(error.message, "late");
    isWanted = true;
    tries += 1;
    say(LOST, "late");
  }

  form.addEventListener("change", () => {
    isWanted = true;
    tries = 0;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => {
    isWanted = false;
    clearTimeout(timer);
  });
  addEventListener("online", send);
  addEventListener("pagehide", sendAtOnce);
  addEventListener("beforeunload", (event) => {
    sendAtOnce();
    if (isWanted && !form.dataset.sent) event.preventDefault();
  });
}

// The server's sentence once the choice is stored; Refused when it says no; any other error may be tried again.
async function post(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout?.(15000),
    keepalive: true,
  });
  if (answer.ok && !answer.redirected) return (await answer.json()).sentence;
  if (answer.redirected || answer.status === 401) throw new Refused(SIGNED_OUT);
  if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
  throw new Refused((await answer.json()).detail || "Jawaban tidak dapat disimpan. Muat ulang halaman ini.");
}

document.querySelectorAll("form[data-autosave]").forEach(keepSaved);
