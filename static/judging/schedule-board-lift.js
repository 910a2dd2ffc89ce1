// A lifted card: where it would come to lie, what the server says of that place, and the outline that shows both.

import { clock } from "./schedule-board-grid.js";
import { post } from "./schedule-board-post.js";

const REST = 120; // milliseconds that a card stays over a place before the server is asked

/** What is known of a card by its element. */
export const cardOf = (element, day) => ({
  number: element.dataset.n,
  version: element.dataset.v,
  name: element.querySelector(".sb-name").textContent,
  length: Number(element.dataset.for ?? element.dataset.length),
  slot: element.dataset.r ? { day, start: Number(element.dataset.at), room: element.dataset.r } : null,
});

export const isSame = (one, other) =>
  one?.day === other?.day && one?.start === other?.start && one?.room === other?.room;

const list = (lines) => {
  const made = document.createElement("ul");
  for (const line of lines) made.append(Object.assign(document.createElement("li"), { textContent: line }));
  return made;
};

/** Starts lifting `card`; `grid()` is the table shown now. `move`, `close` and what is known in between. */
export const lifting = (card, grid, page, words) => {
  const live = document.querySelector("[data-live]");
  const told = live.querySelector("[data-live-told]");
  const ghost = Object.assign(document.createElement("div"), { className: "sb-ghost" });
  let slot = null;
  let timer = 0;
  let asking = new AbortController();

  const draw = () => {
    const rect = slot && grid()?.rectOf(slot, card.length);
    if (!rect) {
      ghost.remove();
      return;
    }
    if (ghost.parentElement !== grid().scroll) grid().scroll.append(ghost);
    for (const [side, value] of Object.entries(rect)) ghost.style[side] = `${value}px`;
    ghost.textContent = `${clock(slot.start)} ${card.name}`;
  };

  const say = (facts) => {
    ghost.dataset.is = facts.worst || "fits";
    const lines = [...facts.lines, facts.seats, facts.wishes].filter(Boolean);
    live.querySelector("[data-live-where]").textContent = `${card.name}: ${facts.where}`;
    told.replaceChildren(list(facts.worst ? lines : [words.fits, ...lines]));
  };

  const ask = async () => {
    asking = new AbortController();
    try {
      const facts = await post(`${page}periksa/`, { number: card.number, ...slot }, asking.signal);
      if (facts.status === 200) say(facts);
    } catch {
      // No answer: the place is judged when the card is dropped.
    }
  };

  const place = (text) => {
    live.querySelector("[data-live-where]").textContent = `${card.name}: ${text}`;
    delete ghost.dataset.is;
    told.replaceChildren();
  };

  const move = (next, text) => {
    if (isSame(next, slot) && !text) return;
    asking.abort();
    window.clearTimeout(timer);
    slot = next;
    draw();
    place(text ?? (slot ? `${clock(slot.start)}, ${grid()?.roomName(slot.room) ?? ""}` : ""));
    if (slot) timer = window.setTimeout(ask, REST);
  };

  const close = () => {
    asking.abort();
    window.clearTimeout(timer);
    ghost.remove();
    live.hidden = true;
    live.classList.remove("is-above");
    document.body.classList.remove("is-lifting", "is-dragging");
    document.querySelector(".is-lifted")?.classList.remove("is-lifted");
  };

  const show = () => {
    document.getElementById(`w${card.number}`)?.classList.add("is-lifted");
    draw();
    ghost.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  };

  live.hidden = false;
  document.body.classList.add("is-lifting");
  place("");
  return { card, move, close, show, slot: () => slot };
};
