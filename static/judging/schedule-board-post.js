// What the board sends: forms, answered with facts. Whatever is no answer of the site is an error of its own.

import { patience } from "../offline/patience.js";

const PATIENCE = 20_000;

/** The site answered, but not with facts: signed out, or no longer allowed. */
export class Denied extends Error {}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

const body = (fields) => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
  }
  return form;
};

/** Post `fields` to `path`; resolves to the facts with the `status`. Rejects where nothing was answered. */
export const post = async (path, fields, signal = patience(PATIENCE)) => {
  const answer = await fetch(path, {
    method: "POST",
    body: body(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    redirect: "manual",
    cache: "no-store",
    signal,
  });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Denied();
  return { ...(await answer.json()), status: answer.status };
};

/** The board with another day, as text. */
export const fetchDay = async (path, day) => {
  const answer = await fetch(`${path}?hari=${day}&bagian=papan`, { cache: "no-store", signal: patience(PATIENCE) });
  if (answer.status !== 200 || answer.redirected) throw new Denied();
  return answer.text();
};
