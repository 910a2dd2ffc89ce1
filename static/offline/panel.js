// What the member sees of the device: sheets that open without network, what waits, what needs a decision, receipts.
// All words stand in the page (judging/sheets/_offline.html).

import { isLeaving, run, sentAgain } from "./outbox.js";
import { readySheets } from "./provisions.js";
import * as store from "./store.js";

const panel = document.querySelector("[data-offline]");
const own = panel?.dataset.single; // on the page of one sheet: its path
const find = (name) => panel.querySelector(`[data-${name}]`);

const count = (name, number) => {
  const line = find(name);
  line.hidden = !number;
  line.querySelector("[data-words]").textContent = line.dataset.text.replace("{count}", number);
};

const copyOf = (name) => panel.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);

const isFinal = ({ refusal }) => refusal && refusal.status !== 422 && refusal.code !== "sheet_changed_meanwhile";

// A refused sheet: why, and its marks to be read or taken along.
const refusedRow = (record) => {
  const row = copyOf("refused");
  const text = `${record.title}\n${record.words}\n`;
  row.querySelector("[data-title]").textContent = record.title;
  row.querySelector("[data-why]").textContent = record.refusal.text || panel.dataset.noAccess;
  row.querySelector("[data-marks]").textContent = record.words;
  const [link, buttons] = [row.querySelector("[data-open]"), row.querySelector("[data-final]")];
  link.href = record.path;
  link.hidden = record.path === own;
  buttons.hidden = !isFinal(record);
  row.querySelector("[data-download]").href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  row.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard?.writeText(text);
      copy.textContent = copy.dataset.done;
    } else if (event.target.closest("[data-again]")) {
      await store.update(record.path, sentAgain);
      await run();
    } else if (event.target.closest("button[data-discard]") && window.confirm(panel.dataset.discard)) {
      await store.forget(record.path);
      await draw();
    }
  });
  return row;
};

const receiptRow = ({ title, receipt, hash, path }) => {
  const row = copyOf("receipt");
  const link = row.querySelector("[data-title]");
  link.textContent = title;
  link.href = path;
  row.querySelector("[data-short]").textContent = receipt;
  row.title = hash ?? "";
  return row;
};

// The badge of a nominee in the list says what the device knows and the kept page cannot.
const mark = (path, name) => {
  const link = [...document.querySelectorAll("a.app-task-title")].find((each) => each.getAttribute("href") === path);
  const row = link?.closest("li");
  if (!row) return;
  const badge = copyOf(`badge-${name}`);
  badge.dataset.ofDevice = name;
  row.querySelector("[data-of-device]")?.remove();
  const older = row.querySelector(".app-badge");
  older.hidden = true;
  older.before(badge);
};

const nameOf = ({ state, submit }) => (state === "decide" ? "decide" : submit ? "queued" : "waiting");

const isOwn = ({ path }) => !own || path === own;
const unreadable = async () => (await store.unreadable()).filter((path) => isOwn({ path }));

// What does not open any more is told, never dropped silently; its member may put it away.
panel?.querySelector("[data-put-away]").addEventListener("click", async () => {
  if (!window.confirm(panel.dataset.discard)) return;
  for (const path of await unreadable()) await store.forget(path);
  await draw();
});

/** Draws everything anew from what is kept. */
export const draw = async () => {
  if (isLeaving()) return;
  const open = (await store.records()).filter((record) => record.state !== "sent" && isOwn(record));
  const given = (await store.receipts()).filter(isOwn);
  const lost = await unreadable();
  const undecided = open.filter(({ state }) => state === "decide");
  const ready = own ? 0 : await readySheets(window.location.pathname);
  const others = own ? 0 : await store.otherMembersWaiting().catch(() => 0);
  count("ready", ready);
  count("waiting", open.length - undecided.length);
  count("decide", undecided.length);
  count("unreadable", lost.length);
  find("refusals").replaceChildren(...undecided.map(refusedRow));
  find("receipts").hidden = !given.length || Boolean(own);
  find("receipts").querySelector("ul").replaceChildren(...given.map(receiptRow));
  find("others").hidden = !others;
  for (const badge of document.querySelectorAll("[data-of-device]")) {
    badge.nextElementSibling.hidden = false;
    badge.remove();
  }
  for (const { path, isReopened } of given) if (!isReopened) mark(path, "submitted");
  for (const record of open) mark(record.path, nameOf(record));
  panel.hidden = !(ready || open.length || lost.length || given.length || others || !find("no-network").hidden || !find("signed-out").hidden);
};

/** Says what keeps the rest from being sent: "idle", "offline", "signed-out", "other-member", "no-access". */
export const drawStatus = async (status) => {
  find("no-network").hidden = status !== "offline";
  find("signed-out").hidden = status !== "signed-out" && status !== "other-member" && status !== "no-access";
  await draw();
};

export { panel };
