// The private note is saved as it is written. It is not kept on this device: where it cannot be saved, the line below
// it says so and whoever leaves is asked. Without this module its button saves it.

import { isLeaving } from "../offline/outbox.js";
import { patience, within } from "../offline/patience.js";
import * as session from "../offline/session.js";
import { followed } from "./links.js";

const PAUSE = 800;
const AGAIN = 5_000;
const A_TAP = 1_500; // how long a link waits for the save
const PATIENCE = 15_000;
const OUTLIVES_THE_PAGE = 60_000;

const part = document.querySelector("[data-note]");
const form = part?.querySelector("form");
const box = form?.elements.private_note;
const line = part?.querySelector("[data-note-state]");

// A page that shows why a note was not saved leaves it to the button: a person decides which text holds.
let isStopped = part?.dataset.note === "unsaved";
let saved = isStopped ? null : box?.defaultValue; // what the server has, as far as this page knows
let isGone = false;
let isAsked = false;
let sending = null;
let timer = 0;

const isPending = () => box.value !== saved;

const say = (name, text = line.dataset[name]) => {
  line.textContent = text;
  line.dataset.is = name;
};

const post = async () => {
  const body = new URLSearchParams(new FormData(form));
  if (session.token()) body.set("csrfmiddlewaretoken", session.token());
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: body.toString().length < OUTLIVES_THE_PAGE,
    signal: patience(PATIENCE),
  });
  const isFacts = answer.headers.get("Content-Type")?.startsWith("application/json");
  const status = answer.type === "opaqueredirect" ? 401 : answer.status; // to the sign-in page
  return { status, facts: isFacts ? await answer.json() : null };
};

const send = async () => {
  const text = box.value;
  say("saving");
  const { status, facts } = await post().catch(() => ({ status: 0, facts: null }));
  if (status === 200 && typeof facts?.note_seen === "string") {
    saved = text;
    form.elements.note_seen.value = facts.note_seen;
    if (!isPending()) say("saved", facts.text);
  } else if (status === 422) {
    isStopped = true;
    say("stopped", facts?.text);
  } else if (status >= 400 && status < 500 && status !== 429) say("stopped");
  else {
    say("offline");
    timer = window.setTimeout(flush, AGAIN);
  }
};

/** Saves what is written; resolves to whether the server has it. */
const flush = async () => {
  window.clearTimeout(timer);
  await sending;
  if (isPending() && !isStopped && !isLeaving()) {
    sending ??= send().finally(() => {
      sending = null;
    });
    await sending;
  }
  return !isPending();
};

const write = () => {
  if (isStopped) return;
  if (isPending()) say("waiting");
  window.clearTimeout(timer);
  timer = window.setTimeout(flush, PAUSE);
};

// The button saves in place. What the server refused, and deleting, go to the server as without this module.
const press = async (event) => {
  const { submitter } = event;
  if (sending) {
    event.preventDefault();
    await sending;
    form.requestSubmit(submitter);
  } else if (!navigator.onLine) {
    event.preventDefault(); // the browser would leave the page for its own error
    if (isPending()) say("offline");
  } else if (isStopped || submitter?.name === "delete_note") isGone = true;
  else {
    event.preventDefault();
    saved = isPending() ? saved : null; // pressed for nothing new, it is still answered
    await flush();
  }
};

// A link waits for the save; then it goes on to what else guards the page, and to the browser's question if that failed.
const follow = async (event) => {
  const link = !isAsked && isPending() && !isStopped && followed(event);
  if (!link) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await within(A_TAP, flush());
  isAsked = true;
  link.click();
  isAsked = false;
};

if (box) {
  box.addEventListener("input", write);
  box.addEventListener("change", flush);
  form.addEventListener("submit", press);
  document.addEventListener("click", follow, { capture: true });
  document.addEventListener("visibilitychange", flush);
  window.addEventListener("online", flush);
  document.addEventListener("app:leaving", ({ detail }) => detail.push(within(A_TAP, flush()).then(isPending)));
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving() && !isGone && isPending()) event.preventDefault();
  });
}
