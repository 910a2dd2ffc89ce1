// Keeps the page of a long task fresh: a computed schedule, a printed batch. Once it has ended, the page is loaded again
// with what came of it. Without this module a link loads the page anew.

import { renew, watch } from "./watching.js";

const EVERY = 1_500;

const part = document.querySelector("[data-run]");

let version = part.dataset.version; // of what is shown

watch(part, EVERY, async (state) => {
  if (!state.is_live) {
    window.location.reload();
    return;
  }
  if (state.version !== version && (await renew(part, "?bagian=keadaan"))) version = state.version;
  const time = part.querySelector("[data-elapsed]");
  if (!time) return;
  time.value = state.elapsed;
  part.querySelector("[data-elapsed-text]").textContent = `${state.elapsed} / ${state.seconds}`;
});
