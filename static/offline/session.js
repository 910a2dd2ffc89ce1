// Whose session the server would act in, and the token for it. A token of an earlier session is refused by the server,
// so that nothing is ever posted in the name of somebody who signed in later.

import { patience } from "./patience.js";
import * as store from "./store.js";

const PATIENCE = 15_000;

let known = null; // { member, token }

/** The facts of the member's day that stand beside the sheet at `path`. */
export const provisionsOf = (path) => path.replace(/(\/[^/]+\/[^/]+\/).*/, "$1wawancara/bekal.json");

/** The round of a page: a member of two rounds works in both. */
export const rootOf = (path) => path.split("/", 3).join("/");

/** Believes what the page itself brought. */
export const believe = (member, token) => {
  known = member && token ? { member, token } : null;
};

export const doubt = () => {
  known = null;
};

export const token = () => known?.token ?? null;

/** Asks the server: the facts, or "offline", "signed-out", "no-access". */
export const ask = async (path) => {
  let answer;
  try {
    answer = await fetch(provisionsOf(path), {
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "manual",
      signal: patience(PATIENCE),
    });
    if (answer.status >= 500 || answer.status === 429) return "offline";
    const facts = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.status === 200) return typeof facts?.member === "string" ? facts : "offline"; // a foreign network's page
  } catch {
    return "offline";
  }
  return answer.status === 403 || answer.status === 404 ? "no-access" : "signed-out";
};

/** Asks for a token of the member whose page this is: "ready", or why not. */
export const renew = async (path) => {
  known = null;
  const facts = await ask(path);
  if (typeof facts === "string") return facts;
  if (facts.member !== (await store.member())) return "other-member";
  known = { member: facts.member, token: facts.token };
  return "ready";
};
