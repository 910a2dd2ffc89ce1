// Keeps the plenary's screen in step with the working view: asks every few seconds whether something changed, and only
// then for the part that did. Without this module the link at the foot loads the page anew.

import { patience } from "../offline/patience.js";

const EVERY = 3_000;
const PATIENCE = 9_000;

const part = document.querySelector("[data-screen]");

let version = part.dataset.version; // of what is shown
let timer = 0;
let asking = false;

const ask = (address) => fetch(address, { cache: "no-store", credentials: "same-origin", signal: patience(PATIENCE) });

const take = async (state) => {
  if (state.version === version) return;
  const address = new URL(window.location.href); // with the page of a long list that is shown
  address.searchParams.set("bagian", "isi");
  const answer = await ask(address);
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  version = state.version;
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
