// Keeps the plenary's screen in step with the working view. Without this module the link at the foot loads the page anew.

import { renew, watch } from "./watching.js";

const EVERY = 3_000;

const part = document.querySelector("[data-screen]");

let version = part.dataset.version; // of what is shown

watch(part, EVERY, async (state) => {
  if (state.version !== version && (await renew(part, "?bagian=isi"))) version = state.version;
});
