// Whose device this is: the member who is signed in, the member's key, and what is deleted with either. Everything that
// is kept elsewhere in this folder is sealed here.

import { alone, database, destroy } from "./database.js";
import { newKey, open, seal } from "./seal.js";

let current = null; // whose page this is; a worker asks the database
let kept = false;

/** Whether anything outlives the page. */
export const isKept = () => kept;

/** Whether the browser has what is needed. */
export const isOffered = () => Boolean(globalThis.isSecureContext && globalThis.indexedDB && globalThis.crypto?.subtle);

/** Whose data is read and written here; null for nobody's. */
export const member = async () => {
  if (current || !isOffered()) return current;
  return (await (await database()).get("meta", "member"))?.value ?? null;
};

/** What binds a row to its member and address. */
export const nameOf = (owner, path) => `${owner}|${path}`;

const keyOf = async (owner) => {
  const found = await (await database()).get("keys", owner);
  if (!found?.key) throw new Error("no key: signed out");
  return found.key;
};

/** A row for `value`, sealed for the member and `path`. */
export const sealed = async (path, value) => {
  const owner = await member();
  return { member: owner, path, ...(await seal(await keyOf(owner), nameOf(owner, path), value)) };
};

/** What was sealed in `row`. */
export const opened = async (row) => open(await keyOf(row.member), nameOf(row.member, row.path), row);

/** Whether the row of a record is not at the server as far as is known. */
export const isWaiting = (row) => row.state !== "sent";

/** Runs `work` while no page is between reading and writing a record. */
export const quietly = (work) => alone("paritrana-catatan", work);

const dropAll = async (owner, { withRecords }) => {
  const dropping = (await database()).transaction(["keys", "pages", "outbox", "receipts"], "readwrite");
  const all = IDBKeyRange.bound([owner], [owner, []]);
  dropping.objectStore("pages").delete(all);
  dropping.objectStore("receipts").delete(all);
  let left = 0;
  for (const row of await dropping.objectStore("outbox").getAll()) {
    if (row.member !== owner) continue;
    if (!withRecords && isWaiting(row)) left += 1;
    else dropping.objectStore("outbox").delete(row.id);
  }
  if (!left) dropping.objectStore("keys").delete(owner);
  await dropping.done;
};

// Not while another page is about to write: what it had sealed would stay behind without a key.
const drop = (owner, what) => quietly(() => dropAll(owner, what));

/** From now on this page is `owner`'s, and nothing of it is kept: another member uses the device. */
export const beginApart = (owner) => {
  current = owner;
  kept = false;
};

/** From now on everything is `owner`'s. Of whoever was here before only what was not sent stays, unreadable. */
export const begin = async (owner) => {
  current = owner;
  kept = false;
  if (!isOffered()) return false;
  try {
    const fresh = await newKey();
    const store = await database();
    const before = (await store.get("meta", "member"))?.value;
    if (before && before !== owner) await drop(before, { withRecords: false });
    const writing = store.transaction(["keys", "meta"], "readwrite");
    // Nothing is written that stands there already: on a full device what waits must still be sent.
    if (!(await writing.objectStore("keys").get(owner))?.key) writing.objectStore("keys").put({ member: owner, key: fresh });
    if (before !== owner) writing.objectStore("meta").put({ name: "member", value: owner });
    writing.objectStore("meta").delete("doubt"); // the worker's: somebody has signed in since
    await writing.done;
    kept = true;
  } catch {
    kept = false; // a private window, or no space left
  }
  return kept;
};

/** Deletes what is the member's, or `everything` of this site. Nothing is kept from then on. */
export const wipe = async ({ everything }) => {
  const owner = await member();
  kept = false;
  if (!isOffered()) return;
  if (owner) await drop(owner, { withRecords: true });
  if (everything) {
    await destroy();
    return;
  }
  await (await database()).delete("meta", "member");
};
