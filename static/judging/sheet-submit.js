// Submitting without network: the same look at all marks as the server's page, and a promise that can be taken back
// until it is sent. The server checks everything again.

import { criteria, form } from "./sheet-fields.js";
import { scaled } from "./sheet-marks.js";

const DIGITS = 9;
const dialog = document.querySelector("[data-submit-offline]");
const queue = form.querySelector("[data-queued]");

const isOutside = ({ mark, soft }) => {
  if (!soft || !mark) return false;
  const [value, low, high] = [mark, ...soft].map((text) => scaled(text, DIGITS));
  return low !== undefined && high !== undefined && value !== undefined && (value < low || value > high);
};

const line = (criterion, lacks) => {
  const row = dialog.querySelector("template[data-line]").content.cloneNode(true);
  row.querySelector("[data-title]").textContent = criterion.title;
  row.querySelector("[data-given]").textContent = criterion.mark || form.dataset.empty;
  row.querySelector("[data-note]").textContent = lacks === "note" ? dialog.dataset.noteMissing : criterion.note;
  row.firstElementChild.classList.toggle("is-unmet", Boolean(lacks));
  return row;
};

/** Shows all marks; resolves to whether the member wants them submitted. */
export const confirmSubmit = () => {
  let isReady = true;
  const rows = criteria().map((criterion) => {
    const lacks = criterion.isAnswered ? isOutside(criterion) && !criterion.note && "note" : "mark";
    if (lacks) isReady = false;
    return line(criterion, lacks);
  });
  dialog.querySelector("[data-lines]").replaceChildren(...rows);
  const total = document.querySelector("[data-total] strong")?.textContent ?? "";
  dialog.querySelector("[data-sum]").textContent = total.replace(/\s+/g, " ").trim();
  dialog.querySelector("[data-incomplete]").hidden = isReady;
  dialog.querySelector("[data-promise]").hidden = !isReady;
  dialog.querySelector("[data-yes]").hidden = !isReady;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
};

dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-yes]")) dialog.close("yes");
  else if (event.target.closest("[data-no]")) dialog.close("");
});

/** Whether the sheet waits to be submitted; its marks rest meanwhile. */
export const isQueued = () => !queue.hidden;

export const showQueued = (isShown) => {
  queue.hidden = !isShown;
  form.querySelector(".app-bar-buttons").hidden = isShown;
  for (const panel of form.querySelectorAll(":scope > .app-panel")) panel.inert = isShown;
};
