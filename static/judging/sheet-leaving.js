// Leaving a sheet: a link waits for the save; where that fails, the page stays unless the device keeps what was typed.

import { isLeaving } from "../offline/outbox.js";
import * as store from "../offline/store.js";
import { state, stopped } from "./sheet-state.js";

const A_TAP = 1_500; // how long a link waits where what is typed is kept anyway

/** What `work` resolves to, or false after `pause` milliseconds. */
export const within = (pause, work) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, pause, false))]);

const isPlainClick = (event, link) => !link.target && !link.download && !event.ctrlKey && !event.metaKey && !event.shiftKey;

/** `isPending` and `isAtRisk` tell whether something is unsaved, and would be lost; `keep` writes it down here, `flush` saves it. */
export const guardLeaving = ({ path, isPending, isAtRisk, keep, flush }) => {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isPlainClick(event, link) || stopped() || !isPending()) return;
    if (link.hash && link.pathname === window.location.pathname) return;
    event.preventDefault();
    const isKept = store.outlives(path);
    const isSaved = await (isKept ? within(A_TAP, flush()) : flush());
    const isFaulty = state.dataset.is === "faulty";
    if (isSaved || (isKept && !isFaulty)) window.location.assign(link.href);
    else if (isFaulty) document.querySelector(".app-criterion.has-errors")?.focus(); // a link that does nothing tells nothing
  });
  // Signing out asks each part of the page what would be lost with it (offline/sign-out.js).
  document.addEventListener("app:leaving", ({ detail }) => {
    detail.push(keep().then(() => isPending() && !store.outlives(path)));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving() && isPending() && isAtRisk()) event.preventDefault();
  });
};
