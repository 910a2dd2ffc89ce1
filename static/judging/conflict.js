// The choice between two versions is posted as facts first, so that this device drops its record only after the server
// has answered. Without this module the form does the same without a record.

import { patience } from "../offline/patience.js";
import * as store from "../offline/store.js";
import { isHeldElsewhere } from "./sheet-hold.js";

const PATIENCE = 15_000;
const form = document.querySelector("form[data-choice]");
const path = new URL(form.action).pathname;

const ready = form.dataset.member ? store.begin(form.dataset.member) : Promise.resolve(false);

// Another window's record of this sheet is not what was decided here.
const drop = async () => {
  await ready;
  if (!(await isHeldElsewhere(path))) await store.forget(path);
};

const post = async () => {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    redirect: "manual",
    signal: patience(PATIENCE),
  });
  // Only the site's own facts count as an answer: a network that wants a sign-in of its own says 200 too.
  const facts = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  if (answer.status === 200 && !Number.isInteger(facts?.revision)) throw new Error("not an answer of the site");
  return answer.status;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  let status;
  try {
    status = await post();
  } catch {
    failed.hidden = false; // the same choice with the same key may be posted again
    return;
  }
  if (status === 200) {
    await drop();
    window.location.assign(path);
  } else form.submit(); // the server shows why
});

form.querySelector("[data-keep-stored]").addEventListener("click", async (event) => {
  event.preventDefault();
  await drop();
  window.location.assign(path);
});
