// The one database of this device: who is signed in, a key for each member, and what is sealed with it. Readable are
// only addresses, the order of records and whether one waits; see docs/decisions/0016.

import { deleteDB, openDB } from "idb";

import { isOver, patience } from "./patience.js";

const NAME = "paritrana";
const LONGEST_WAIT = 60_000;

let opening = null;

const forgetConnection = () => {
  opening = null;
};

/** The open database; it gives way at once when another page deletes it. */
export const database = () => {
  opening ??= openDB(NAME, 1, {
    upgrade(made) {
      made.createObjectStore("keys", { keyPath: "member" });
      made.createObjectStore("pages", { keyPath: ["member", "path"] });
      made.createObjectStore("outbox", { keyPath: "id" });
      made.createObjectStore("receipts", { keyPath: ["member", "path"] });
      made.createObjectStore("meta", { keyPath: "name" });
    },
    blocking(_current, _wanted, event) {
      event.target.close();
      forgetConnection();
    },
    terminated: forgetConnection,
  });
  opening.catch(forgetConnection);
  return opening;
};

/** Delete everything. */
export const destroy = async () => {
  const connection = await opening?.catch(() => null);
  connection?.close();
  forgetConnection();
  await deleteDB(NAME);
};

/**
 * Runs `work` while no other page of this site runs one under the same `name`. A page that the device has put to sleep
 * gives its turn to nobody: after a long wait the turn is taken, which is safe because every request carries its key.
 */
export const alone = async (name, work) => {
  if (!navigator.locks) return inTurn(work);
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return work();
  };
  try {
    return await navigator.locks.request(name, { signal: patience(LONGEST_WAIT) }, begin);
  } catch (error) {
    if (isBegun || !isOver(error)) throw error;
    return navigator.locks.request(name, { steal: true }, work);
  }
};

let last = Promise.resolve();
const inTurn = (work) => {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
};
