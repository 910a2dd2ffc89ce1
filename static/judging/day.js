// The member's day, and a sheet that takes no marks any more: prepares the day for a time without network, sends what
// waits, and shows how it stands. Without this module the page is as the server wrote it.

import * as outbox from "../offline/outbox.js";
import { draw, drawStatus, panel } from "../offline/panel.js";
import { provision, worker } from "../offline/provisions.js";
import * as session from "../offline/session.js";
import * as store from "../offline/store.js";
import "./countdown.js";
import "./sheet-note.js";

const A_WHILE = 60_000; // milliseconds until a preparation that failed is tried again

const isKeptPage = "kept" in document.documentElement.dataset;

// Prepares the day; resolves to what hinders it.
const prepare = async () => {
  const facts = await session.ask(window.location.pathname);
  if (typeof facts === "string") return facts;
  if (facts.member !== panel.dataset.member) return "other-member";
  session.believe(facts.member, facts.token);
  await worker(panel.dataset.worker);
  try {
    await provision(facts);
  } catch (error) {
    if (error?.name !== "QuotaExceededError") return "offline";
    // No space for more pages: those that are kept are counted, and the network is not to blame.
  }
  navigator.storage?.persist?.().catch(() => {});
  return "idle";
};

let preparing = null;
let timer = 0;

const prepareUntilDone = async () => {
  window.clearTimeout(timer);
  preparing ??= prepare().finally(() => {
    preparing = null;
  });
  const status = await preparing;
  await drawStatus(status);
  if (status === "offline") timer = window.setTimeout(prepareUntilDone, A_WHILE);
};

const sheetOnly = async () => {
  // What was sent of a sheet that takes no marks any more is not needed here.
  const path = panel.dataset.single;
  await store.update(path, (record) => (record?.state === "sent" ? null : undefined));
  await store.dropPage(path);
};

const begin = async () => {
  const { member, single } = panel.dataset;
  if (!member || !store.isOffered() || (isKeptPage && (await store.member()) !== member)) return;
  if (!(await store.begin(member))) return;
  if (single) await sheetOnly();
  await draw();
  outbox.listen(async (fact) => {
    if (fact.type === "gone") window.location.reload();
    else if (fact.type === "status") await drawStatus(fact.status);
    else if (fact.type !== "sending") await draw();
    if (fact.type === "submitted" || fact.type === "saved") isStale = true;
  });
  await outbox.start();
  if (single) return;
  await prepareUntilDone();
  if (isStale && !isKeptPage) window.location.reload(); // the list is older than what was sent from it
  window.addEventListener("online", prepareUntilDone);
  navigator.serviceWorker?.addEventListener("controllerchange", draw);
};

let isStale = false;

if (panel) begin();
