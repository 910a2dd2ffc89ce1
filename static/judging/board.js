// Keeps the board fresh: asks for it every few seconds with the ETag of what is shown, so that an unchanged board costs
// one small answer. Stops while nobody looks. Without this module the link beside the time loads the page again.

import { patience } from "../offline/patience.js";

const PATIENCE = 9_000;

const line = document.querySelector("[data-updates]");
const board = document.querySelector("[data-board]");
const every = Number(line.dataset.every) * 1000;

let etag = line.dataset.etag; // of what is shown
let timer = 0;
let asking = false;

const say = (isFresh) => {
  line.querySelector("[data-stale]").hidden = isFresh;
};

// What somebody was doing in the board: how far each table was scrolled, and which link had the focus.
const scrolls = () => [...board.querySelectorAll("[role=region]")];

const show = (text) => {
  const places = scrolls().map((region) => [region.scrollLeft, region.scrollTop]);
  const focused = board.contains(document.activeElement) ? document.activeElement : null;
  const [address, name] = [focused?.getAttribute("href"), focused?.getAttribute("aria-label")];
  board.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  scrolls().forEach((region, index) => {
    [region.scrollLeft, region.scrollTop] = places[index] ?? [0, 0];
  });
  if (!focused) return;
  const same = [...board.querySelectorAll("a, [tabindex]")].find(
    (one) => one.getAttribute("href") === address && one.getAttribute("aria-label") === name,
  );
  same?.focus({ preventScroll: true });
};

const take = async (answer) => {
  if (answer.redirected || (answer.status !== 304 && answer.status !== 200)) {
    say(false); // signed out, or no longer allowed: loading the page again tells which
    return;
  }
  if (answer.status === 200) show(await answer.text());
  etag = answer.headers.get("ETag");
  line.querySelector("[data-time]").textContent = answer.headers.get("X-Updated");
  say(true);
};

const refresh = async () => {
  window.clearTimeout(timer);
  if (asking || document.hidden) return;
  asking = true;
  try {
    const headers = { "If-None-Match": etag };
    const signal = patience(PATIENCE);
    await take(await fetch("?bagian=papan", { headers, cache: "no-store", credentials: "same-origin", signal }));
  } catch {
    say(false);
  } finally {
    asking = false;
    if (!document.hidden) timer = window.setTimeout(refresh, every);
  }
};

document.addEventListener("visibilitychange", () => {
  if (document.hidden) window.clearTimeout(timer);
  else refresh();
});
timer = window.setTimeout(refresh, every);
