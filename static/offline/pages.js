// The pages and receipts that this device keeps for the member.

import { database } from "./database.js";
import { isKept, member, opened, sealed } from "./owner.js";

const nextOrder = async () => {
  const rows = await (await database()).getAll("receipts");
  return rows.reduce((highest, { order }) => Math.max(highest, order), 0) + 1;
};

/** Keeps a page; `tag` tells later whether it is still the newest. */
export const putPage = async (path, html, headers, tag = "") => {
  if (isKept()) await (await database()).put("pages", { ...(await sealed(path, { html, headers })), tag });
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
  const rows = isKept() ? await (await database()).getAll("pages") : [];
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
  if (isKept()) await (await database()).delete("pages", [await member(), path]);
};

/** Removes all kept pages of everybody, to make room. */
export const dropPages = async () => (await database()).clear("pages");

/** Keeps the receipt of a submitted sheet: `{title, receipt, hash, text}`. */
export const putReceipt = async (path, receipt) => {
  if (isKept()) await (await database()).put("receipts", { ...(await sealed(path, receipt)), order: await nextOrder() });
};

/** The member's receipts from this device, newest first. */
export const receipts = async () => {
  const owner = await member();
  const rows = isKept() ? (await (await database()).getAll("receipts")).filter((row) => row.member === owner) : [];
  const found = rows.sort((one, other) => other.order - one.order);
  const read = found.map(({ path, isReopened, ...row }) => opened({ ...row, path }).then((receipt) => ({ ...receipt, path, isReopened }), () => null));
  return (await Promise.all(read)).filter(Boolean); // one whose key is lost stands at the server all the same
};

/** Notes that the sheets at `paths` take marks again after they were submitted. */
export const reopen = async (paths) => {
  const owner = await member();
  for (const path of isKept() ? paths : []) {
    const row = await (await database()).get("receipts", [owner, path]);
    if (row && !row.isReopened) await (await database()).put("receipts", { ...row, isReopened: true });
  }
};
