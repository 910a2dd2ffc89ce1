// Saves the sheet while it is filled in, by posting the same form. Each save carries the revision that the page saw and
// a key of its own; one is on its way at a time. What was sent and not answered is sent again as it was, with the same
// key, until there is an answer: so nothing is saved twice and nothing is lost. Where the sheet moved on elsewhere,
// saving stops and a person decides; nothing is merged here. Without this module the buttons of the form do it all.

const PAUSE = 800;
const PATIENCE = 15_000;
const LONGEST_WAIT = 30_000;
const OUTLIVES_THE_PAGE = 60_000; // browsers finish a request after the page is gone up to 64 KiB

const form = document.querySelector("form.app-sheet");
const state = form.querySelector("[data-save-state]");
const alertBox = form.querySelector("[data-alert]");

const marks = () => {
  const data = new FormData(form);
  for (const name of ["csrfmiddlewaretoken", "revision", "request_key"]) data.delete(name);
  return new URLSearchParams(data).toString();
};
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

let saved = marks(); // what the server has
let sending = null; // { key, revision, marks }: sent, and not answered yet
let failures = 0;
let stopped = false;
let leaving = false;
let timer = 0;
let waiting = []; // who waits for everything to be saved

const say = (name) => {
  state.textContent = state.dataset[name];
  state.dataset.is = name;
};

const settle = (isSaved) => {
  for (const resolve of waiting.splice(0)) resolve(isSaved);
};

const later = (pause) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(save, pause);
};

const stop = (name, text = "") => {
  stopped = true;
  say("stopped");
  alertBox.replaceChildren(form.querySelector(`template[data-alert-of=${name}]`).content.cloneNode(true));
  const sentence = alertBox.querySelector("[data-text]");
  if (sentence) sentence.textContent = text;
  settle(false);
};

const mark = (faults) => {
  for (const criterion of form.querySelectorAll("[data-criterion]")) {
    const found = faults[criterion.dataset.criterion] ?? [];
    const lines = found.map((text) => Object.assign(document.createElement("p"), { className: "invalid-feedback d-block", textContent: text }));
    criterion.querySelector("[data-faults]").replaceChildren(...lines);
    criterion.classList.toggle("has-errors", found.length > 0);
    const box = criterion.querySelector("input.app-mark");
    box?.classList.toggle("is-invalid", found.length > 0);
    if (found.length) box?.setAttribute("aria-invalid", "true");
    else box?.removeAttribute("aria-invalid");
  }
};

const taken = (answer) => {
  saved = sending.marks;
  sending = null;
  failures = 0;
  form.elements.revision.value = String(answer.revision);
  form.elements.request_key.value = newKey();
  mark({});
  state.textContent = answer.text;
  state.dataset.is = "saved";
  state.title = answer.receipt;
  if (marks() === saved) settle(true);
  else save();
};

const refused = (status, answer) => {
  sending = null;
  failures = 0;
  if (status === 422) {
    mark(answer.faults);
    say("faulty");
    settle(false);
  } else if (answer.code === "sheet_changed_meanwhile") stop("versions");
  else stop("refused", answer.text);
};

const again = () => {
  say("offline");
  settle(false);
  failures += 1;
  later(Math.min(LONGEST_WAIT, 1000 * 2 ** failures));
};

const post = async () => {
  const body = new URLSearchParams(sending.marks);
  body.set("revision", sending.revision);
  body.set("request_key", sending.key);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: body.toString().length < OUTLIVES_THE_PAGE,
    signal: AbortSignal.timeout(PATIENCE),
  });
  const isFacts = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, facts: isFacts ? await answer.json() : null };
};

async function save() {
  window.clearTimeout(timer);
  if (stopped || sending?.isOut) return;
  if (!sending) {
    if (marks() === saved) return settle(true);
    sending = { key: newKey(), revision: form.elements.revision.value, marks: marks() };
  }
  sending.isOut = true;
  if (!failures) say("saving");
  let answer;
  try {
    answer = await post();
  } catch {
    answer = { status: 500 }; // no network, or no answer in time: it may have been saved or not
  }
  sending.isOut = false;
  if (answer.status >= 500) again();
  else if (!answer.facts) stop("signed-out");
  else if (answer.status === 200) taken(answer.facts);
  else refused(answer.status, answer.facts);
}

// Resolves to whether the server has everything that stands in the form.
const flush = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    save();
    if (stopped) settle(false);
  });

form.addEventListener("input", () => {
  if (stopped) return;
  if (!sending && marks() !== saved) say("waiting");
  if (!failures) later(PAUSE);
});

// The buttons save in place; the check opens once everything is saved. What cannot be saved keeps the page as it is.
form.addEventListener("submit", async (event) => {
  if (event.submitter && "plain" in event.submitter.dataset) {
    leaving = true;
    return;
  }
  event.preventDefault();
  const isSaved = await flush();
  if (!isSaved) {
    const first = form.querySelector(".has-errors");
    if (state.dataset.is === "faulty") first?.focus();
  } else if (event.submitter?.value === "periksa") window.location.assign(form.dataset.review);
});

// A link followed with something unsaved waits for the save; where that fails, the page stays.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || stopped || marks() === saved) return;
  if (link.hash && link.pathname === window.location.pathname) return;
  event.preventDefault();
  if (await flush()) window.location.assign(link.href);
});

window.addEventListener("online", () => {
  if (failures) later(0);
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && (sending || marks() !== saved)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && marks() !== saved) save();
});
