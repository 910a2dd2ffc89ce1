// Leaving a sheet: a link waits for the save; where that fails, the page stays unless the device keeps what was typed.

import { isLeaving } from "../offline/outbox.js";
import { within } from "../offline/patience.js";
import * as store from "../offline/store.js";
import { followed } from "./links.js";
import { state, stopped } from "./sheet-state.js";

const A_TAP = 1_500; // how long a link waits where what is typed is kept anyway

/** `isPending` and `isAtRisk` tell whether something is unsaved, and would be lost; `keep` writes it down here, `flush` saves it. */
export const guardLeaving = ({ path, isPending, isAtRisk, keep, flush }) => {
  document.addEventListener("click", async (event) => {
    const link = followed(event);
    if (!link || stopped() || !isPending()) return;
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
