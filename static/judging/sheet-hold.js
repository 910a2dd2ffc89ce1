// Only one window at a time keeps the record of a sheet: two that write into one record would overwrite each other. A
// second window saves on its own, and whoever saves later is shown both versions.

import { patience } from "../offline/patience.js";
import * as store from "../offline/store.js";

const A_RELOAD = 700; // milliseconds in which the page before has gone

const forGood = () => new Promise(() => {});

/** Resolves once it is known whether this page is the one. */
export const hold = (path) => {
  const name = `paritrana-lembar|${path}`;
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    const held = () => {
      resolve();
      return forGood();
    };
    navigator.locks.request(name, { signal: patience(A_RELOAD) }, held).catch(() => {
      store.keepApart(path);
      resolve();
      navigator.locks.request(name, () => store.keepTogether(path).then(forGood)).catch(() => {});
    });
  });
};

/** Whether another window of this browser has the sheet open. */
export const isHeldElsewhere = async (path) =>
  Boolean((await navigator.locks?.query())?.held.some(({ name }) => name === `paritrana-lembar|${path}`));
