// The projector's screen. It holds every step sealed and is told the key of the step that has come, by the presenter's
// window in the same browser or by the server; what is not shown now is neither in the page nor kept.

import { patience } from "../offline/patience.js";
import { HERE, KEY, STATE, channelOf } from "./ceremony-channel.js";

const EVERY = 1_500;
const PATIENCE = 6_000;
const ALIVE = 2_000;
const SMALLEST = 48; // px; below only where a name would be cut off
const LAST_RESORT = 24;

const screen = document.querySelector("[data-screen]");
const stage = screen.querySelector("[data-stage]");
const sealed = screen.dataset.sealed.split(" ");
const channel = channelOf(screen.dataset.code);

let turn = -1; // of what is shown

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const opened = async (step, key) => {
  const own = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, own, bytes(sealed[step]));
  return JSON.parse(new TextDecoder().decode(plain));
};

const line = (name, text) => {
  const part = document.createElement("p");
  part.className = `screen-${name}`;
  part.textContent = text;
  return part;
};

const lines = (parts) => Object.entries(parts).flatMap(([name, text]) => (text ? [line(name, text)] : []));

const row = ({ title, name, origin, score }) => {
  const part = document.createElement("div");
  part.className = "screen-row";
  part.append(...lines({ title, name, origin, score }));
  return part;
};

const fit = () => {
  const overflows = () => stage.scrollHeight > stage.clientHeight || stage.scrollWidth > stage.clientWidth;
  let size = Math.max(SMALLEST, Math.floor(Math.min(window.innerWidth / 14, window.innerHeight / 8)));
  const set = () => stage.style.setProperty("--size", `${size}px`);
  set();
  while (size > LAST_RESORT && overflows()) {
    size -= 2;
    set();
  }
};

const show = (content) => {
  stage.dataset.kind = content?.kind ?? "black";
  const parts = content ? [...lines({ mark: content.mark, heading: content.heading, text: content.text })] : [];
  stage.replaceChildren(...parts, ...(content?.rows ?? []).map(row));
  fit();
};

const take = async (state) => {
  if (state.turn <= turn) return;
  turn = state.turn;
  const content = state.is_blank ? null : await opened(state.step, state.key).catch(() => null);
  if (state.turn !== turn) return; // something newer came meanwhile
  show(content);
  here();
};

const here = () => channel.postMessage({ kind: HERE, turn });

const ask = async () => {
  try {
    const answer = await fetch(screen.dataset.state, { cache: "no-store", signal: patience(PATIENCE) });
    if (answer.status === 404) await take({ turn: Number.MAX_SAFE_INTEGER, is_blank: true }); // it has ended
    else if (answer.ok) await take(await answer.json());
  } catch {
    // no network: the presenter's window in this browser goes on
  }
  window.setTimeout(ask, EVERY);
};

const start = async () => {
  await Promise.all(["400 1em Inter", "600 1em Inter"].map((font) => document.fonts.load(font)));
  channel.addEventListener("message", ({ data }) => {
    if (data.kind === STATE) take(data.state);
  });
  here();
  window.setInterval(here, ALIVE);
  ask();
};

window.addEventListener("resize", fit);
document.addEventListener("click", () => document.documentElement.requestFullscreen?.().catch(() => {}));
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  channel.postMessage({ kind: KEY, key: event.key });
});

if (window.crypto?.subtle) start();
else screen.querySelector("[data-unsafe]").hidden = false;
