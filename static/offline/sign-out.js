// Signing out deletes what this device keeps of the member, and asks first where something was not sent. What another
// member left unsent stays, sealed; the server is told to leave it. Loaded when the button is pressed.

import * as store from "./store.js";

const form = document.querySelector("form[data-sign-out]");

const asked = (waiting) => {
  const dialog = document.querySelector("dialog[data-leaving]");
  const line = dialog.querySelector("[data-text]");
  line.textContent = line.dataset.text.replace("{count}", waiting);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close(""), { once: true });
    dialog.querySelector("[data-leave]").addEventListener("click", () => dialog.close("leave"), { once: true });
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
  });
};

/** Resolves to whether the form may be posted. */
export const leave = async () => {
  const owner = form.dataset.member || (await store.member()); // not who was here before and never signed out
  const isKept = owner ? await store.begin(owner) : false;
  const lost = []; // what only this page holds
  document.dispatchEvent(new CustomEvent("app:leaving", { detail: lost }));
  const only = (await Promise.all(lost)).filter(Boolean);
  const records = isKept ? (await store.records()).filter(({ state }) => state !== "sent") : [];
  const waiting = records.length + only.length;
  if (waiting && !(await asked(waiting))) return false;
  document.documentElement.dataset.leaving = ""; // the page itself keeps nothing from now on
  const others = await store.otherMembersWaiting();
  await store.wipe({ everything: !others });
  if (globalThis.BroadcastChannel) new BroadcastChannel("paritrana").postMessage({ type: "gone" });
  if (others) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "simpan", value: "1" }));
  return true;
};
