// The schedule board: cards are dragged, or lifted with the keys or a press, and dropped; every act is saved at once and
// can be undone. Without this module each card leads to its interview and from there to the forms.

import { choose, confirmed } from "./schedule-board-dialogs.js";
import { watchDragging } from "./schedule-board-drag.js";
import { gridOf } from "./schedule-board-grid.js";
import { cardOf, isSame, lifting } from "./schedule-board-lift.js";
import { Denied, fetchDay, post } from "./schedule-board-post.js";

const board = document.querySelector("[data-board]");
const { base, page } = board.dataset;
const words = document.querySelector("[data-words]").dataset;
const live = document.querySelector("[data-live]");

let grid = gridOf(board);
let lift = null;
let isBusy = false;

const shown = () => board.querySelector("[data-shown]")?.dataset.shown ?? "";
const elementOf = (number) => document.getElementById(`w${number}`);

// ---- what was done, and what was not ----

const SHOWN = 8_000; // milliseconds; the list of changes keeps it
let fading = 0;

const say = (text) => {
  const line = document.querySelector("[data-said]");
  line.textContent = text;
  line.hidden = !text;
  window.clearTimeout(fading);
  if (text) fading = window.setTimeout(say, SHOWN, "");
};

const refuse = (lines) => {
  const box = document.querySelector("[data-refused]");
  const told = lines.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
  box.querySelector("[data-lines]").replaceChildren(...told);
  box.hidden = !lines.length;
};

document.querySelector("[data-refused] [data-close]").addEventListener("click", () => refuse([]));

const show = (text) => {
  const folds = [...board.querySelectorAll("details")].map((fold) => fold.open);
  const scrolled = board.querySelector(".sb-scroll")?.scrollLeft ?? 0;
  board.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  board.querySelectorAll("details").forEach((fold, index) => {
    fold.open = folds[index] ?? false;
  });
  if (board.querySelector(".sb-scroll")) board.querySelector(".sb-scroll").scrollLeft = scrolled;
  grid = gridOf(board);
  if (shown()) window.history.replaceState(null, "", `${page}?hari=${shown()}`);
};

/** Posts an act and tells how it went; asks first where a person's word is needed. Whether it was done. */
const act = async (path, fields) => {
  if (isBusy) return false;
  isBusy = true;
  board.setAttribute("aria-busy", "true");
  say("");
  refuse([]);
  try {
    const chosen = board.querySelector("[name=kategori]")?.value ?? "";
    let answer = await post(path, { hari: shown(), kategori: chosen, ...fields });
    while (answer.ask) {
      if (!(await confirmed(answer.ask))) return false;
      const { confirmed: codes, seats } = answer.ask;
      answer = await post(path, { hari: shown(), kategori: chosen, ...fields, confirmed: codes, seats });
    }
    if (answer.html) show(answer.html);
    if (answer.done) say(answer.said);
    else refuse(answer.refused ?? [answer.changed]);
    return Boolean(answer.done);
  } catch (error) {
    refuse([error instanceof Denied ? words.denied : words.lost]);
    return false;
  } finally {
    isBusy = false;
    board.removeAttribute("aria-busy");
  }
};

// ---- lifting ----

const putBack = () => {
  const number = lift?.card.number;
  lift?.close();
  lift = null;
  return number;
};

/** Puts the card back and shows it, also if another day is shown by now. */
const giveUp = async () => {
  const day = lift?.card.slot?.day;
  const number = putBack();
  if (day) await openDay(day);
  elementOf(number)?.focus();
};

const take = (element) => {
  if (lift || isBusy) return false;
  if (element.classList.contains("is-fixed")) {
    refuse([words.fixed]);
    return false;
  }
  refuse([]);
  say("");
  lift = lifting(cardOf(element, shown()), () => grid, page, words);
  element.classList.add("is-lifted");
  return true;
};

const liftStill = (element) => {
  if (!take(element)) return;
  const slot = lift.card.slot ?? grid?.first(lift.card.length);
  if (slot) lift.move(slot);
  live.focus();
};

const drop = async (slot) => {
  const { card } = lift;
  putBack();
  if (slot && !isSame(slot, card.slot)) {
    const { number, version } = card;
    await act(`${page}pindah/`, { number, version, ...slot, hari: slot.day });
  }
  elementOf(card.number)?.focus({ preventScroll: false });
};

const takeOff = async ({ number, version }) => {
  await act(`${page}pindah/`, { number, version, to: "lepas" });
  elementOf(number)?.focus();
};

/** Shows another day; what is lifted stays lifted, at the same time. */
const openDay = async (day) => {
  if (!day || isBusy || day === shown()) return;
  isBusy = true;
  try {
    show(await fetchDay(page, day));
    if (!lift) return;
    lift.move(lift.slot() ? { ...lift.slot(), day } : grid?.first(lift.card.length));
    lift.show();
  } catch {
    refuse([words.lost]);
  } finally {
    isBusy = false;
  }
};

// ---- pointers ----

const mark = (element) => {
  for (const one of document.querySelectorAll(".is-under")) if (one !== element) one.classList.remove("is-under");
  element?.classList.add("is-under");
};

const target = (x, y, above) => {
  const under = document.elementFromPoint(x, y);
  const tab = under?.closest(".sb-days [data-day]");
  const off = under?.closest("[data-unplaced]");
  return { tab, off, slot: tab || off ? null : grid?.slotAt(x, y, above, lift.card.length) };
};

watchDragging(board, {
  begin: take,
  over: (x, y, above) => {
    const { tab, off, slot } = target(x, y, above);
    mark(tab ?? off);
    live.classList.toggle("is-above", y > window.innerHeight / 2); // never over where the card would lie
    if (tab || off) lift.move(null, tab ? tab.firstElementChild.textContent : words.off);
    else lift.move(slot);
  },
  drop: async (x, y, above) => {
    const { tab, off, slot } = target(x, y, above);
    const { card } = lift;
    mark(null);
    if (off) {
      putBack();
      if (card.slot) await takeOff(card);
    } else if (tab && card.slot) await drop({ ...card.slot, day: tab.dataset.day });
    else if (tab) {
      document.body.classList.remove("is-dragging");
      await openDay(tab.dataset.day);
    } else await drop(slot);
  },
  cancel: putBack,
});

// ---- presses ----

const CHOICES = {
  lift: liftStill,
  lock: ({ dataset }) => act(`${page}kunci/`, { number: dataset.n, version: dataset.v, langkah: "kunci" }),
  unlock: ({ dataset }) => act(`${page}kunci/`, { number: dataset.n, version: dataset.v, langkah: "lepas" }),
  cancel: (element) => takeOff(cardOf(element, shown())),
};

const pressCard = async (element) => {
  const { n: number } = element.dataset;
  const choice = await choose(element, base, board);
  await CHOICES[choice]?.(element);
  if (choice !== "lift") elementOf(number)?.focus();
};

board.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const tab = event.target.closest(".sb-days [data-day]");
  const card = event.target.closest(".sb-card");
  if (tab && lift) {
    event.preventDefault();
    openDay(tab.dataset.day);
  } else if (lift) {
    const slot = grid?.slotAt(event.clientX, event.clientY, 12, lift.card.length);
    if (slot || card) event.preventDefault();
    if (slot) lift.move(slot);
  } else if (card) {
    event.preventDefault();
    pressCard(card);
  }
});

live.querySelector("[data-drop]").addEventListener("click", () => lift && drop(lift.slot()));
live.querySelector("[data-back]").addEventListener("click", giveUp);

// ---- keys ----

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const dayAside = (aside) => {
  const days = [...board.querySelectorAll(".sb-days [data-day]")].map((one) => one.dataset.day);
  return days[days.indexOf(shown()) + aside];
};

const pressKey = (key) => {
  if (key in MOVES && grid) {
    const [steps, aside] = MOVES[key];
    lift.move(grid.beside(lift.slot() ?? grid.first(lift.card.length), steps, aside, lift.card.length));
    lift.show();
  } else if (key === "PageUp" || key === "PageDown") openDay(dayAside(key === "PageUp" ? -1 : 1));
  else if (key === "Enter" || key === " ") drop(lift.slot());
  else if (key === "Escape") giveUp();
  else return false;
  return true;
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, select, textarea, dialog");
  if (isTyping || event.altKey) return;
  if (lift) {
    const isButton = event.target.closest?.("button") && (event.key === "Enter" || event.key === " ");
    if (!isButton && !isBusy && pressKey(event.key)) event.preventDefault();
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    const form = board.querySelector("[data-undo]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Enter" || event.key === " ") {
    const card = event.target.closest?.(".sb-card");
    if (!card) return;
    event.preventDefault();
    if (card.classList.contains("is-fixed")) pressCard(card);
    else liftStill(card);
  }
});

// ---- undo ----

board.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-undo]");
  if (!form) return;
  event.preventDefault();
  const { number } = Object.fromEntries(new FormData(form));
  act(form.action, { number });
});
