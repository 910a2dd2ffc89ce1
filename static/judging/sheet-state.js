// The line that tells whether the sheet is saved, and the alert above it where a person must decide. All words stand in
// the page.

import { form, heading, inWords } from "./sheet-fields.js";

export const state = form.querySelector("[data-save-state]");
const box = form.querySelector("[data-alert]");

let isStopped = false;
export const stopped = () => isStopped;

/** Says in which state (`name`) the sheet is, in the words of `words`. */
export const say = (name, words = name) => {
  state.textContent = state.dataset[words];
  state.dataset.is = name;
  state.dataset.said = words;
};

export const saySaved = (text, receipt) => {
  if (text) state.textContent = text;
  state.dataset.is = state.dataset.said = "saved";
  state.title = receipt;
};

/** Shows the alert called `name` with `text` in it; one at a time. */
export const alert = (name, text = "") => {
  if (box.dataset.shows === name) return;
  box.dataset.shows = name;
  box.replaceChildren(form.querySelector(`template[data-alert-of=${name}]`).content.cloneNode(true));
  const sentence = box.querySelector("[data-text]");
  if (sentence && text) sentence.textContent = text;
};

/** Takes away the alert whose name begins with `name`. */
export const clearAlert = (name) => {
  if (isStopped || !box.dataset.shows?.startsWith(name)) return;
  delete box.dataset.shows;
  box.replaceChildren();
};

/** Nothing is saved any more until a person has decided. */
export const stop = (name, text = "") => {
  isStopped = true;
  say("stopped");
  alert(name, text);
};

box.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  const file = event.target.closest("[data-download]");
  const text = `${heading}\n${inWords()}\n`;
  if (copy) {
    await navigator.clipboard?.writeText(text);
    copy.textContent = copy.dataset.done;
  }
  if (file) file.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
});
