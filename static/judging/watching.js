// Keeps a part of a page fresh: asks for its state as data every so often, and for its new content only when something
// changed. Stops while nobody looks. A network that is away is no matter: the next look tells.

import { patience } from "../offline/patience.js";

const PATIENCE = 9_000;

const ask = async (address) => {
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", signal: patience(PATIENCE) });
  return answer.ok && !answer.redirected ? answer : undefined;
};

/** Put what `address` answers in the place of what stands in `part`; whether it could be had. */
export const renew = async (part, address) => {
  const answer = await ask(address);
  if (answer) {
    part.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  }
  return Boolean(answer);
};

/** Hand the state of `part` to `take` every so many milliseconds. */
export const watch = (part, every, take) => {
  let timer = 0;
  let asking = false;

  const look = async () => {
    window.clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await ask(part.dataset.state);
      if (answer) await take(await answer.json());
    } catch {
      // the network is away: the next look tells
    } finally {
      asking = false;
      if (!document.hidden) timer = window.setTimeout(look, every);
    }
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) window.clearTimeout(timer);
    else look();
  });
  timer = window.setTimeout(look, every);
};
