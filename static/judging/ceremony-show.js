// The presenter's window: it has every step and every key from its start, so it goes on without network. Each act is
// told at once to a screen of the same browser, and to the server for screens on other machines as soon as it answers.

import { patience } from "../offline/patience.js";
import { HERE, KEY, STATE, channelOf } from "./ceremony-channel.js";

const EVERY = 2_000;
const PATIENCE = 6_000;
const BOUNCE = 350; // ms: a clicker that rings twice reveals one name
const ALIVE = 4_500; // two beats of a screen missed

const root = document.querySelector("[data-show]");
const all = (name) => [...root.querySelectorAll(`[data-${name}]`)];
const steps = all("now");
const channel = channelOf(root.dataset.code);
const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
const state = JSON.parse(root.dataset.show);

let told = state.turn; // what the server knows
let sending = false;
let isOnline = true;
let seenHere = 0;
let wentOn = 0;

const last = steps.length - 1;
const revealsNoMore = () => state.is_stale && !root.dataset.rehearsal;
const mayGoOn = () => !state.is_over && !(revealsNoMore() && state.step >= state.furthest);
const maySkip = () => steps[state.step + 1]?.dataset.maySkip === "1" && state.step + 2 <= last;

/** Whether the list leads to a step: it was shown, or no name that is called would be passed over unseen. */
const mayReach = (number) =>
  number <= state.furthest ||
  (!revealsNoMore() &&
    steps.slice(state.furthest + 1, number).every((part) => !part.dataset.reveals || part.dataset.maySkip === "1"));

const mark = (name, isShown) => {
  for (const part of all(`mark-${name}`)) part.hidden = !isShown;
};

/** Bring the step's line into the middle of the list, without moving the page. */
const reach = (part) => {
  const list = part.closest("ol");
  list.scrollTop += part.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
};

const draw = () => {
  steps.forEach((part, number) => (part.hidden = number !== state.step));
  all("next").forEach((part, number) => (part.hidden = number !== state.step + 1));
  all("go").forEach((part, number) => {
    part.toggleAttribute("aria-current", number === state.step);
    part.disabled = state.is_over || !mayReach(number);
    if (number === state.step) reach(part);
  });
  const may = { forward: state.step < last && mayGoOn(), skip: mayGoOn() && maySkip(), back: state.step > 0 };
  for (const part of all("act")) part.disabled = state.is_over || may[part.dataset.act] === false;
  for (const part of root.querySelectorAll("[data-act=blank]")) part.setAttribute("aria-pressed", state.is_blank);
  mark("blank", state.is_blank);
  mark("stale", state.is_stale);
  mark("over", state.is_over);
  marks();
};

const marks = () => {
  const isHere = Date.now() - seenHere < ALIVE;
  const isElsewhere = !isHere && isOnline && state.screen_ago !== null;
  mark("here", isHere);
  mark("elsewhere", isElsewhere);
  mark("nowhere", !isHere && !isElsewhere);
  mark("offline", !isOnline);
};

const tell = () => {
  const { turn, step, is_blank } = state;
  const key = is_blank ? "" : steps[step].dataset.key;
  channel.postMessage({ kind: STATE, state: { turn, step, is_blank, key } });
};

/** How far steps were shown: what the screen passed in the dark was not. */
const furthestAt = (step, isBlank) => (isBlank ? state.furthest : Math.max(state.furthest, step));

const adopt = ({ turn, step, is_blank }) => {
  Object.assign(state, { turn, step, is_blank, furthest: furthestAt(step, is_blank) });
  told = turn;
};

const learn = ({ is_stale, is_over, screen_ago }) => Object.assign(state, { is_stale, is_over, screen_ago });

const facts = async (answer) => {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not an answer");
  return answer.json();
};

const send = async () => {
  if (sending) return;
  sending = true;
  try {
    while (told < state.turn) {
      const sent = state.turn;
      const answer = await fetch(root.dataset.state, {
        method: "POST",
        body: new URLSearchParams({ langkah: state.step, gelap: state.is_blank ? 1 : 0, giliran: sent }),
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        signal: patience(PATIENCE),
      });
      const now = await facts(answer);
      learn(now);
      if (answer.ok) {
        const acted = state.turn > sent;
        told = Math.max(sent, now.turn);
        state.turn = acted ? Math.max(state.turn, told + 1) : told;
      } else {
        adopt({ ...now, turn: state.turn + 1 }); // refused: the screen goes back to where the server stands
        tell();
      }
    }
    isOnline = true;
  } catch {
    isOnline = false; // the next look tries again
  }
  sending = false;
  draw();
};

const look = async () => {
  try {
    if (told < state.turn) await send();
    const answer = await fetch(root.dataset.state, { cache: "no-store", signal: patience(PATIENCE) });
    const now = await facts(answer);
    if (now.turn > state.turn && told === state.turn) adopt(now); // another window of the presenter
    learn(now);
    isOnline = true;
  } catch {
    isOnline = false;
  }
  draw();
  window.setTimeout(look, EVERY);
};

const act = (step, isBlank) => {
  if (state.is_over || step < 0 || step > last) return;
  if (!isBlank && step > state.furthest && revealsNoMore()) return; // also one that was reached in the dark
  Object.assign(state, { step, is_blank: isBlank, furthest: furthestAt(step, isBlank), turn: state.turn + 1 });
  draw();
  tell();
  send();
};

const forward = (by) => {
  if (state.is_blank) {
    act(state.step, false); // first what was hidden comes back
  } else if (mayGoOn() && Date.now() - wentOn > BOUNCE) {
    wentOn = Date.now();
    act(state.step + by, false);
  }
};

const acts = {
  forward: () => forward(1),
  skip: () => maySkip() && forward(2),
  back: () => act(state.step - 1, state.is_blank),
  blank: () => act(state.step, !state.is_blank),
  hide: () => act(state.step, true),
};

const KEYS = {
  forward: [" ", "ArrowRight", "ArrowDown", "PageDown"],
  back: ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"],
  blank: ["b", "B", "."],
  hide: ["Escape"],
};

const press = (key) => {
  const [name] = Object.entries(KEYS).find(([, keys]) => keys.includes(key)) ?? [];
  if (name) acts[name]();
  return Boolean(name);
};

const tick = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  for (const part of all("clock")) part.textContent = `${two(now.getHours())}.${two(now.getMinutes())}`;
  marks();
};

channel.addEventListener("message", ({ data }) => {
  if (data.kind === KEY) press(data.key);
  else if (data.kind === STATE && data.state.turn > state.turn) {
    adopt(data.state);
    draw();
  } else if (data.kind === HERE) {
    seenHere = Date.now();
    if (data.turn !== state.turn) tell();
    marks();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (press(event.key)) event.preventDefault();
});
// A clicker's Space moves the show; it does not press the button that was pressed last.
document.addEventListener("keyup", (event) => event.key === " " && event.preventDefault());
window.addEventListener("beforeunload", (event) => !isOnline && event.preventDefault());
for (const button of all("act")) button.addEventListener("click", () => acts[button.dataset.act]());
all("go").forEach((button, number) =>
  button.addEventListener("click", () => mayReach(number) && act(number, state.is_blank)),
);

root.hidden = false;
draw();
tick();
tell();
window.setInterval(tick, 1_000);
look();
