// What this device keeps for the member who is signed in: pages to open without network, and for each sheet a record
// of what was typed and sent. Everything but its address is sealed. Where the browser offers no such place, or a second
// window has the sheet open already, records live as long as the page does.

import { database } from "./database.js";
import { isKept, isOffered, isWaiting, member, nameOf, opened, quietly, sealed } from "./owner.js";
import { dropPages } from "./pages.js";

export { begin, beginApart, isKept, isOffered, member, wipe } from "./owner.js";
export * from "./pages.js";

const memory = new Map(); // records that only this page has, by path
const apart = new Set(); // paths of which this page keeps its record to itself

/** Whether what this page keeps of `path` outlives the page. */
export const outlives = (path) => isKept() && !apart.has(path);

/** Keeps the record of `path` in this page alone: another window has the sheet, or nothing can be written. */
export const keepApart = (path) => apart.add(path);

/** Ends that; what waited in this page goes into the store unless another record waits there. */
export const keepTogether = (path) =>
  quietly(async () => {
    if (!isKept() || !apart.has(path)) return;
    const there = await (await database()).get("outbox", nameOf(await member(), path));
    if (there && isWaiting(there)) return;
    const mine = memory.get(path);
    if (mine) await put(path, { ...mine, order: undefined });
    memory.delete(path);
    apart.delete(path);
  });

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
  if (!row) return null;
  const record = await opened(row).catch((error) => {
    if (isWaiting(row)) throw error;
    return null; // what does not open any more, but was sent, is no loss
  });
  return record && { ...record, order: row.order, state: row.state };
};

/** Keeps `record` of `path`; a new one comes last in order. */
export const write = async (path, record) => {
  if (!outlives(path)) {
    memory.set(path, { ...record, order: record.order ?? Number.MAX_SAFE_INTEGER });
    return;
  }
  await put(path, record);
};

const put = async (path, record) => {
  const { order, state, ...rest } = record;
  const row = await sealed(path, rest);
  const place = order ?? (await nextOrder());
  const kept = { ...row, id: nameOf(row.member, path), order: place, state };
  await putStrictly(kept).catch(async (error) => {
    if (error?.name !== "QuotaExceededError") throw error;
    await dropPages(); // marks come before pages: these can be fetched again
    await putStrictly(kept);
  });
};

// Strict: on the disk before it counts as kept, for a battery that dies the next moment.
const putStrictly = async (row) => {
  const writing = (await database()).transaction("outbox", "readwrite", { durability: "strict" });
  writing.store.put(row).catch(() => {}); // told by `done`
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
  quietly(async () => {
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
  if (isKept() && owner) {
    for (const row of await (await database()).getAll("outbox")) {
      if (row.member !== owner || memory.has(row.path)) continue;
      // One that does not open must not hold up the others; see `unreadable`.
      const record = await opened(row).catch(() => null);
      if (record) found.push({ ...record, path: row.path, order: row.order, state: row.state });
    }
  }
  return found.sort((one, other) => one.order - other.order);
};

/** Paths of the member's records that do not open any more: the browser has lost the key. Nothing can read them. */
export const unreadable = async () => {
  const owner = await member();
  if (!isKept() || !owner) return [];
  const rows = (await (await database()).getAll("outbox")).filter((row) => row.member === owner && isWaiting(row));
  const found = await Promise.all(rows.map((row) => opened(row).then(() => null, () => row.path)));
  return found.filter(Boolean);
};

/** How many sheets of other members wait on this device; nothing else of them can be known here. */
export const otherMembersWaiting = async () => {
  if (!isOffered()) return 0;
  const owner = await member();
  return (await (await database()).getAll("outbox")).filter((row) => row.member !== owner && isWaiting(row)).length;
};
