// Keeps the sheet while it is filled in: each change first on this device (offline/store.js), then, after a short pause,
// at the server (offline/outbox.js), by posting the same form. Where the sheet moved on elsewhere, saving stops and a
// person decides; nothing is merged here. Without this module the buttons of the form do it all.

import * as outbox from "../offline/outbox.js";
import { within } from "../offline/patience.js";
import * as session from "../offline/session.js";
import * as store from "../offline/store.js";
import { fault, form, heading, inWords, marks, merged, show } from "./sheet-fields.js";
import { hold } from "./sheet-hold.js";
import { guardLeaving } from "./sheet-leaving.js";
import { alert, clearAlert, say, saySaved, stopped, stop, state } from "./sheet-state.js";
import { confirmSubmit, isQueued, showQueued } from "./sheet-submit.js";

const PAUSE = 800;
const A_CHECK = 5_000;

const path = new URL(form.action).pathname;
const isKeptPage = "kept" in document.documentElement.dataset;

// What the server has, as far as this page knows.
let known = { base: Number(form.elements.revision.value), saved: marks() };
let status = "idle";
let leaving = false;
let timer = 0;

// Another window may have sent this sheet's record a moment ago, and its word may not be here yet.
const fresh = (sent) => {
  const from = sent?.base > known.base ? { base: sent.base, saved: sent.saved } : known;
  return { ...from, sending: null, submit: null, refusal: null, title: heading };
};
const isPending = () => marks() !== known.saved;

const holdTo = (base, saved) => {
  known = { base, saved };
  form.elements.revision.value = String(base);
  form.elements.request_key.value = outbox.newKey();
};

// Only marks that cannot stand are asked again once they are changed; any other refusal waits for a person.
const changed = (record) => {
  const now = { marks: marks(), words: inWords() };
  const before = record && record.state !== "sent" ? record : null;
  if (before?.marks === now.marks || (!before && !isPending())) return undefined;
  const isOpen = before?.refusal && before.refusal.status !== 422;
  return { ...(before ?? fresh(record)), ...now, ...(isOpen ? {} : { state: "waiting", refusal: null }) };
};

let keeping = null;
let isChangedAgain = false;

const keepAll = async () => {
  await ready;
  do {
    isChangedAgain = false;
    if (outbox.isLeaving()) return;
    try {
      await store.update(path, changed);
    } catch {
      store.keepApart(path); // no space, or wiped meanwhile: this page alone holds it from now on
      await store.update(path, changed);
    }
  } while (isChangedAgain);
};

/** Writes down what stands in the form; resolves once it is kept. */
const keep = () => {
  isChangedAgain = true;
  keeping ??= keepAll().finally(() => {
    keeping = null;
  });
  return keeping;
};

const sayPending = () => say("offline", store.outlives(path) ? "kept" : "offline");

const refuse = (refusal) => {
  if (refusal.status === 422) {
    fault(refusal.faults ?? {});
    say("faulty");
    showQueued(false);
  } else if (refusal.code === "sheet_changed_meanwhile") stop("versions");
  else stop("refused", refusal.text);
};

const HEARD = {
  sending: () => {
    if (!outbox.isHindered()) say("saving");
  },
  saved: ({ facts, marks: sent }) => {
    holdTo(facts.revision, sent);
    fault({});
    if (!isPending()) saySaved(facts.text, facts.receipt);
  },
  submitted: () => {
    leaving = true;
    window.location.replace(path);
  },
  refused: ({ refusal }) => refuse(refusal),
};

outbox.listen((fact) => {
  if (fact.type === "gone") {
    store.keepApart(path);
    stop("signed-out");
  } else if (fact.type === "status") {
    status = fact.status;
    if (status === "idle") clearAlert("signed-out");
    else if (stopped() || (!isPending() && !isQueued())) return;
    else if (status === "offline") sayPending();
    else {
      say("stopped", store.outlives(path) ? "kept" : "stopped");
      alert(store.outlives(path) ? "signed-out-kept" : "signed-out");
    }
  } else if (fact.path === path) HEARD[fact.type]?.(fact);
});

const adopt = (record) => {
  const before = known.saved;
  const typed = marks();
  holdTo(record.base, record.saved);
  show(merged(record.marks, before, typed));
  if (record.submit) showQueued(true);
  if (record.refusal) refuse(record.refusal);
  else if (record.state === "waiting") sayPending();
  else saySaved(record.said, "");
};

const begin = async () => {
  const member = form.dataset.member;
  // A kept page takes nothing any more once its member has signed out in another window.
  if (member && isKeptPage && (await store.member()) !== member) {
    store.beginApart(member);
    stop("signed-out");
    return;
  }
  if (member) await store.begin(member);
  if (!isKeptPage) session.believe(member, form.elements.csrfmiddlewaretoken.value);
  await hold(path);
  const record = await store.read(path).catch(() => null);
  if (record?.state === "sent" && record.base <= known.base) await store.forget(path);
  else if (record) adopt(record);
};

// Whatever a browser lacks, the form still saves as long as it is open.
const ready = begin().catch(() => store.keepApart(path));

// Resolves to whether the server has everything that stands in the form.
const flush = async () => {
  for (let round = 0; round < 3 && !stopped(); round += 1) {
    await keep();
    status = await outbox.run();
    if (status !== "idle" || state.dataset.is === "faulty" || !isPending()) break;
  }
  return !isPending() && status === "idle" && !stopped();
};

form.addEventListener("input", () => {
  keep();
  if (stopped()) return;
  if (!outbox.isHindered()) {
    if (isPending()) say("waiting");
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, PAUSE);
  } else sayPending();
});

const check = async () => {
  if (await within(A_CHECK, flush())) window.location.assign(form.dataset.review);
  else if (stopped()) return;
  else if (state.dataset.is === "faulty") form.querySelector(".has-errors")?.focus();
  else if (await confirmSubmit()) {
    const queued = (record) => {
      const marked = { marks: marks(), words: inWords(), state: "waiting", refusal: null, submit: { key: outbox.newKey() } };
      return { ...(record && record.state !== "sent" ? record : fresh(record)), ...marked };
    };
    await store.update(path, queued);
    showQueued(true);
    outbox.run();
  }
};

// The buttons save in place; the check opens once everything is saved. What cannot be saved keeps the page as it is.
form.addEventListener("submit", async (event) => {
  if (event.submitter && "plain" in event.submitter.dataset) {
    if (!navigator.onLine) {
      event.preventDefault(); // the browser would leave the page for its own error
      return;
    }
    leaving = true;
    form.elements.csrfmiddlewaretoken.value = session.token() ?? form.elements.csrfmiddlewaretoken.value;
    return;
  }
  event.preventDefault();
  if (event.submitter?.value === "periksa") await check();
  else if (!(await flush()) && state.dataset.is === "faulty") form.querySelector(".has-errors")?.focus();
});

form.addEventListener("click", async (event) => {
  if (event.target.closest("[data-take-back]")) {
    const record = await store.update(path, (each) => (each?.submit && each.sending?.kind !== "submit" ? { ...each, submit: null } : undefined));
    if (!record?.submit) showQueued(false);
  } else if (event.target.closest("[data-again]")) {
    leaving = true;
    await store.update(path, outbox.sentAgain);
    window.location.reload();
  } else if (event.target.closest("button[data-discard]") && window.confirm(form.dataset.discard)) {
    leaving = true;
    await store.forget(path);
    window.location.replace(path);
  }
});

guardLeaving({ path, isPending, keep, flush, isAtRisk: () => !leaving && (Boolean(keeping) || !store.outlives(path)) });
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload(); // what came back from memory may be older than what was sent since
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && isPending()) keep().then(outbox.run);
});
ready.then(() => outbox.start());
