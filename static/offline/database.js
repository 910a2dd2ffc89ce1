// The one database of this device: who is signed in, a key for each member, and what is sealed with it. Readable are
// only addresses, the order of records and whether one waits; see docs/decisions/0016.

import { deleteDB, openDB } from "idb";

const NAME = "paritrana";

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

/** Runs `work` while no other page of this site runs one under the same `name`. */
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : inTurn(work));

let last = Promise.resolve();
const inTurn = (work) => {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
};
