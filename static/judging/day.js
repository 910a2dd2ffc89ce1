// The member's day, and a sheet that takes no marks any more: prepares the day for a time without network, sends what
// waits, and shows how it stands. Without this module the page is as the server wrote it.

import * as outbox from "../offline/outbox.js";
import { draw, drawStatus, panel } from "../offline/panel.js";
import { provision, worker } from "../offline/provisions.js";
import * as session from "../offline/session.js";
import * as store from "../offline/store.js";
import "./countdown.js";
import "./sheet-note.js";

const OFTEN = 3;
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

let isSent = false; // something was sent since the page was made
let isOld = false;

// The list and its counts are loaded anew: nothing is typed on this page. Not while nobody looks, or is being asked.
const freshen = () => {
  if (isOld && !panel.dataset.single && !document.hidden && !outbox.isLeaving() && !document.querySelector("dialog[open]")) {
    window.location.reload();
  }
};

// A kept page once the network is back and nothing waits; not for ever where the network is so slow that it comes again.
const leaveKept = async () => {
  const tried = history.state?.freshened ?? 0;
  if (!isKeptPage || tried >= OFTEN || (await outbox.run()) !== "idle") return;
  history.replaceState({ freshened: tried + 1 }, "");
  isOld = true;
  freshen();
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
  if (status === "idle") await leaveKept();
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
    isSent ||= fact.type === "submitted" || fact.type === "saved";
    isOld ||= isSent && fact.type === "status" && fact.status === "idle";
    if (fact.type === "gone") window.location.reload();
    else if (fact.type === "status") await drawStatus(fact.status);
    else if (fact.type !== "sending") await draw();
    freshen();
  });
  if (!isKeptPage && history.state?.freshened) history.replaceState(null, "");
  document.addEventListener("visibilitychange", freshen);
  if (!single) window.addEventListener("online", prepareUntilDone);
  await outbox.start();
  if (single) return;
  await prepareUntilDone();
  navigator.serviceWorker?.addEventListener("controllerchange", draw);
};

if (panel) begin();
