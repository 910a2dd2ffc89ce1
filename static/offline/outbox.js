// Sends what waits: one sheet after the other in the order in which they were begun, one request at a time on the whole
// device. Each request is written down before it is posted and posted again as it was, with its key, until there is an
// answer: so nothing arrives twice and nothing is lost. What the server refuses waits for a person; nothing is merged.

import { alone } from "./database.js";
import { patience } from "./patience.js";
import * as session from "./session.js";
import * as store from "./store.js";

const PATIENCE = 15_000;
const LONGEST_WAIT = 30_000;
const OUTLIVES_THE_PAGE = 60_000; // browsers finish a request after the page is gone up to 64 KiB
const TRY_AGAIN = new Set([408, 425, 429]);

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether this window is signing out: nothing is read, kept or sent any more. */
export const isLeaving = () => "leaving" in document.documentElement.dataset;

const listeners = new Set();
const channel = globalThis.BroadcastChannel ? new BroadcastChannel("paritrana") : null;

/** Calls `listener` with what happens here and in other windows: `{type, path, ...}`. */
export const listen = (listener) => {
  listeners.add(listener);
};

/** Tells it to this window, and to the others what is theirs too. */
export const tell = (fact) => {
  for (const listener of listeners) listener(fact);
  if (!fact.path || store.outlives(fact.path)) channel?.postMessage(fact);
};
channel?.addEventListener("message", ({ data }) => {
  if (isLeaving()) return;
  if (!data.path || store.outlives(data.path)) for (const listener of listeners) listener(data);
});

/** What the record asks for next, written into it as `sending`; undefined where there is nothing to change. */
const prepare = (record) => {
  if (record?.state !== "waiting" || record.sending) return undefined;
  if (record.marks !== record.saved) {
    return { ...record, sending: { kind: "save", key: newKey(), revision: record.base, marks: record.marks } };
  }
  if (record.submit) return { ...record, sending: { kind: "submit", key: record.submit.key, revision: record.base } };
  return { ...record, state: "sent" };
};

/** A refused record, to be sent once more: what hindered it may be gone. */
export const sentAgain = (record) => (record?.state === "decide" ? { ...record, refusal: null, state: "waiting" } : undefined);

const post = async (path, sending) => {
  const body = new URLSearchParams(sending.marks ?? "");
  body.set("revision", sending.revision);
  body.set("request_key", sending.key);
  const answer = await fetch(sending.kind === "submit" ? `${path}periksa/` : path, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": session.token() },
    redirect: "manual",
    keepalive: body.toString().length < OUTLIVES_THE_PAGE,
    signal: patience(PATIENCE),
  });
  const isFacts = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, facts: isFacts ? await answer.json() : null };
};

// The site's own words only: a network that wants a sign-in of its own answers 200 to everything.
const isAnswer = ({ status, facts }) => {
  if (status === 200) return Number.isInteger(facts?.revision);
  return typeof facts?.code === "string" && facts.code !== "csrf" && facts.code !== "signed_out";
};

/** The server's answer, or in a word why there is none: it may have been carried out all the same. */
const deliver = async (path, sending) => {
  let answer = null;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (!session.token()) {
      const found = await session.renew(path);
      if (found !== "ready") return found;
    }
    tell({ type: "sending", path });
    try {
      answer = await post(path, sending);
    } catch {
      session.doubt();
      return "offline";
    }
    if (answer.status === 500) return "failed";
    if (answer.status > 500 || TRY_AGAIN.has(answer.status)) return "offline";
    if (isAnswer(answer)) return answer;
    session.doubt();
  }
  const { status, facts } = answer;
  if ((status === 403 || status === 404) && !facts) return { status, facts: { code: "no_access", text: "" } };
  return status >= 400 && facts?.code !== "csrf" && facts?.code !== "signed_out" ? "failed" : "signed-out";
};

const saved = async (path, sent, facts) => {
  await store.update(path, (record) => {
    if (record?.sending?.key !== sent.key) return undefined;
    const isAll = record.marks === sent.marks && !record.submit;
    const now = { base: facts.revision, saved: sent.marks, said: facts.text, sending: null, refusal: null };
    return { ...record, ...now, state: isAll ? "sent" : "waiting" };
  });
  tell({ type: "saved", path, facts, marks: sent.marks });
};

const submitted = async (path, record, facts) => {
  const { receipt, hash, text } = facts;
  // The server has the receipt too: no space for it here is no reason to ask again for ever.
  await store.putReceipt(path, { title: record.title, receipt, hash, text }).catch(() => {});
  await store.forget(path);
  await store.dropPage(path);
  tell({ type: "submitted", path, facts });
};

const refused = async (path, sent, { status, facts }) => {
  const refusal = { status, code: facts.code, text: facts.text, faults: facts.faults, revision: facts.revision };
  await store.update(path, (record) => {
    if (record?.sending?.key !== sent.key) return undefined;
    // Marks that cannot stand and were corrected meanwhile are not a question any more.
    const isCorrected = status === 422 && sent.kind === "save" && record.marks !== sent.marks;
    const rest = { ...record, sending: null, submit: null };
    return isCorrected ? { ...rest, refusal: null, state: "waiting" } : { ...rest, refusal, state: "decide" };
  });
  tell({ type: "refused", path, refusal });
};

/** Sends all that the sheet at `path` asks for; resolves to null, or to why it cannot go on. */
const sendSheet = async (path) => {
  for (;;) {
    const record = await store.update(path, prepare);
    if (record?.state !== "waiting" || !record.sending) return null;
    const answer = await deliver(path, record.sending);
    if (typeof answer === "string") return answer;
    failures = 0; // the network works: what fails next is tried again soon
    if (answer.status !== 200) await refused(path, record.sending, answer);
    else if (record.sending.kind === "submit") await submitted(path, record, answer.facts);
    else await saved(path, record.sending, answer.facts);
  }
};

// One sheet that fails at the server, or a round that takes this member no more, must not hold up the others.
const sendAll = async () => {
  const shut = new Set();
  let status = "idle";
  for (const { path, state } of await store.records()) {
    if (state !== "waiting" || shut.has(session.rootOf(path))) continue;
    const obstacle = await sendSheet(path);
    if (obstacle === "failed") status = "offline";
    else if (obstacle === "no-access") {
      shut.add(session.rootOf(path));
      status = obstacle;
    }    else if (obstacle) return obstacle;
  }
  return status;
};

let running = null;
let isAskedAgain = false;
let failures = 0;
let timer = 0;

const goThrough = async () => {
  let status;
  do {
    isAskedAgain = false;
    status = await alone("paritrana-kirim", sendAll).catch(() => "offline");
  } while (isAskedAgain && status === "idle");
  failures = status === "idle" ? 0 : failures + 1;
  if (status !== "idle") timer = window.setTimeout(run, Math.min(LONGEST_WAIT, 1000 * 2 ** failures));
  tell({ type: "status", status });
  return status;
};

/** Sends now what waits; resolves to "idle" when nothing is left to send, or to why not. */
export const run = () => {
  window.clearTimeout(timer);
  if (isLeaving()) return Promise.resolve("idle");
  isAskedAgain = true;
  running ??= goThrough().finally(() => {
    running = null;
  });
  return running;
};

/** Whether the last run met an obstacle. */
export const isHindered = () => failures > 0;

/** Sends whenever there is hope. The event "online" alone is not enough: many devices never fire it. */
export const start = () => {
  window.addEventListener("online", run);
  window.addEventListener("pageshow", run);
  document.addEventListener("visibilitychange", run);
  return run();
};
