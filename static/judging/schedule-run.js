// Keeps the page of a computed schedule fresh: asks for its state as data, and for the part that changes only when
// something did. Once it has ended, the page is loaded again with what came of it. Stops while nobody looks; without
// this module the page loads itself every few seconds.

import { patience } from "../offline/patience.js";

const EVERY = 1_500;
const PATIENCE = 9_000;

const part = document.querySelector("[data-run]");

let version = part.dataset.version; // of what is shown
let timer = 0;
let asking = false;

const ask = (address) => fetch(address, { cache: "no-store", credentials: "same-origin", signal: patience(PATIENCE) });

const show = (text) => {
  part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
};

const take = async (state) => {
  if (!state.is_live) {
    window.location.reload();
    return;
  }
  if (state.version !== version) {
    const answer = await ask("?bagian=keadaan");
    if (answer.ok && !answer.redirected) {
      show(await answer.text());
      version = state.version;
    }
  }
  const time = part.querySelector("[data-elapsed]");
  if (!time) return;
  time.value = state.elapsed;
  part.querySelector("[data-elapsed-text]").textContent = `${state.elapsed} / ${state.seconds}`;
};

const refresh = async () => {
  window.clearTimeout(timer);
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await ask(part.dataset.state);
    if (answer.ok && !answer.redirected) await take(await answer.json());
  } catch {
    // the network is away: the next look tells
  } finally {
    asking = false;
    if (!document.hidden) timer = window.setTimeout(refresh, EVERY);
  }
};

document.addEventListener("visibilitychange", () => {
  if (document.hidden) window.clearTimeout(timer);
  else refresh();
});
timer = window.setTimeout(refresh, EVERY);
