// What this device keeps for the member who is signed in: pages to open without network, and for each sheet a record
// of what was typed and sent. Everything but its address is sealed. Where the browser offers no such place, or a second
// window has the sheet open already, records live as long as the page does.

import { alone, database, destroy } from "./database.js";
import { newKey, open, seal } from "./seal.js";

const memory = new Map(); // records that only this page has, by path
const apart = new Set(); // paths of which this page keeps its record to itself

let current = null; // whose page this is; a worker asks the database
let isKept = false; // whether anything outlives the page

/** Whether the browser has what is needed. */
export const isOffered = () => Boolean(globalThis.isSecureContext && globalThis.indexedDB && globalThis.crypto?.subtle);

/** Whose data is read and written here; null for nobody's. */
export const member = async () => {
  if (current || !isOffered()) return current;
  return (await (await database()).get("meta", "member"))?.value ?? null;
};

const nameOf = (owner, path) => `${owner}|${path}`;
const keyOf = async (owner) => {
  const found = await (await database()).get("keys", owner);
  if (!found) throw new Error("no key: signed out");
  return found.key;
};
const sealed = async (path, value) => {
  const owner = await member();
  return { member: owner, path, ...(await seal(await keyOf(owner), nameOf(owner, path), value)) };
};
const opened = async (row) => open(await keyOf(row.member), nameOf(row.member, row.path), row);
const isWaiting = (row) => row.state !== "sent";

const drop = async (owner, { withRecords }) => {
  const kept = (await database()).transaction(["keys", "pages", "outbox", "receipts"], "readwrite");
  const all = IDBKeyRange.bound([owner], [owner, []]);
  kept.objectStore("pages").delete(all);
  kept.objectStore("receipts").delete(all);
  let left = 0;
  for (const row of await kept.objectStore("outbox").getAll()) {
    if (row.member !== owner) continue;
    if (!withRecords && isWaiting(row)) left += 1;
    else kept.objectStore("outbox").delete(row.id);
  }
  if (!left) kept.objectStore("keys").delete(owner);
  await kept.done;
};

/** From now on everything is `owner`'s. Of whoever was here before only what was not sent stays, unreadable. */
export const begin = async (owner) => {
  current = owner;
  isKept = false;
  if (!isOffered()) return false;
  try {
    const fresh = await newKey();
    const store = await database();
    const before = (await store.get("meta", "member"))?.value;
    if (before && before !== owner) await drop(before, { withRecords: false });
    const writing = store.transaction(["keys", "meta"], "readwrite");
    if (!(await writing.objectStore("keys").get(owner))) writing.objectStore("keys").put({ member: owner, key: fresh });
    writing.objectStore("meta").put({ name: "member", value: owner });
    await writing.done;
    isKept = true;
  } catch {
    isKept = false; // a private window, or no space left
  }
  return isKept;
};

/** Whether what this page keeps of `path` outlives the page. */
export const outlives = (path) => isKept && !apart.has(path);

/** Keeps the record of `path` in this page alone: another window has the sheet, or nothing can be written. */
export const keepApart = (path) => apart.add(path);

/** Ends that; what waited in this page goes into the store unless another record waits there. */
export const keepTogether = async (path) => {
  if (!apart.delete(path) || !isKept) return;
  const mine = memory.get(path);
  const there = await read(path);
  if (there && isWaiting(there)) apart.add(path);
  else {
    if (mine) await write(path, mine);
    memory.delete(path);
  }
};

const nextOrder = async () => {
  const counting = (await database()).transaction("meta", "readwrite");
  const order = ((await counting.store.get("order"))?.value ?? 0) + 1;
  counting.store.put({ name: "order", value: order });
  await counting.done;
  return order;
};

/** The record of `path`, or null. */
export const read = async (path) => {
  if (!outlives(path)) return memory.get(path) ?? null;
  const row = await (await database()).get("outbox", nameOf(await member(), path));
  return row ? { ...(await opened(row)), order: row.order, state: row.state } : null;
};

/** Keeps `record` of `path`; a new one comes last in order. */
export const write = async (path, record) => {
  if (!outlives(path)) {
    memory.set(path, { ...record, order: record.order ?? Number.MAX_SAFE_INTEGER });
    return;
  }
  const { order, state, ...rest } = record;
  const row = await sealed(path, rest);
  const place = order ?? (await nextOrder());
  // Strict: on the disk before it counts as kept, for a battery that dies the next moment.
  const writing = (await database()).transaction("outbox", "readwrite", { durability: "strict" });
  writing.store.put({ ...row, id: nameOf(row.member, path), order: place, state });
  await writing.done;
};

/** Removes the record of `path`. */
export const forget = async (path) => {
  memory.delete(path);
  if (outlives(path)) await (await database()).delete("outbox", nameOf(await member(), path));
};

/**
 * Reads, changes and writes the record of `path` without another page between. `change` gets the record or null and
 * returns the new one, null to remove it, or undefined to leave it. Resolves to what is there now.
 */
export const update = (path, change) =>
  alone("paritrana-catatan", async () => {
    const before = await read(path);
    const after = change(before);
    if (after === undefined) return before;
    if (after) await write(path, after);
    else await forget(path);
    return after;
  });

/** All records of the member in the order in which they were begun, each with its path. */
export const records = async () => {
  const found = [...memory].map(([path, record]) => ({ ...record, path }));
  const owner = await member();
  if (isKept && owner) {
    for (const row of await (await database()).getAll("outbox")) {
      if (row.member === owner && !memory.has(row.path)) {
        found.push({ ...(await opened(row)), path: row.path, order: row.order, state: row.state });
      }
    }
  }
  return found.sort((one, other) => one.order - other.order);
};

/** How many sheets of other members wait on this device; nothing else of them can be known here. */
export const otherMembersWaiting = async () => {
  if (!isOffered()) return 0;
  const owner = await member();
  return (await (await database()).getAll("outbox")).filter((row) => row.member !== owner && isWaiting(row)).length;
};

/** Keeps a page; `tag` tells later whether it is still the newest. */
export const putPage = async (path, html, headers, tag = "") => {
  if (isKept) await (await database()).put("pages", { ...(await sealed(path, { html, headers })), tag });
};

/** The kept page `{html, headers}` of `path`, or null; only the member's own. */
export const page = async (path) => {
  const owner = await member();
  const row = owner && (await (await database()).get("pages", [owner, path]));
  return row ? opened(row) : null;
};

/** Tag by path of the member's kept pages. */
export const pageTags = async () => {
  const owner = await member();
  const rows = isKept ? await (await database()).getAll("pages") : [];
  return new Map(rows.filter((row) => row.member === owner).map((row) => [row.path, row.tag]));
};

/** Addresses of the member's kept pages; a worker asks too. */
export const keptPaths = async () => {
  const owner = await member();
  return owner ? (await (await database()).getAllKeys("pages")).filter(([of]) => of === owner).map(([, path]) => path) : [];
};

/** Removes every page of the member but `paths`. */
export const keepOnlyPages = async (paths) => {
  const [owner, tags] = [await member(), await pageTags()];
  for (const path of tags.keys()) {
    if (!paths.includes(path)) await (await database()).delete("pages", [owner, path]);
  }
};

/** Removes one page of the member. */
export const dropPage = async (path) => {
  if (isKept) await (await database()).delete("pages", [await member(), path]);
};

/** Keeps the receipt of a submitted sheet: `{title, receipt, hash, text}`. */
export const putReceipt = async (path, receipt) => {
  if (isKept) await (await database()).put("receipts", { ...(await sealed(path, receipt)), order: await nextOrder() });
};

/** The member's receipts from this device, newest first. */
export const receipts = async () => {
  const owner = await member();
  const rows = isKept ? (await (await database()).getAll("receipts")).filter((row) => row.member === owner) : [];
  const found = rows.sort((one, other) => other.order - one.order);
  return Promise.all(found.map(async (row) => ({ ...(await opened(row)), path: row.path })));
};

/** Deletes what is the member's, or `everything` of this site. Nothing is kept from then on. */
export const wipe = async ({ everything }) => {
  const owner = await member();
  isKept = false;
  memory.clear();
  if (!isOffered()) return;
  if (everything) {
    await destroy();
    return;
  }
  if (owner) await drop(owner, { withRecords: true });
  await (await database()).delete("meta", "member");
};
