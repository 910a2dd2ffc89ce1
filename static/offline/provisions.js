// Prepares the day: fetches the member's pages, sealed into the store, and the worker that opens them without network.
// Pages that are as they were are not fetched again; those of sheets that were submitted are removed.

import { patience } from "./patience.js";
import { rootOf } from "./session.js";
import * as store from "./store.js";

const PATIENCE = 20_000;
const REDUCED = { "X-Paritrana-Simpan": "1" }; // without what is not needed there

const headersOf = (answer) =>
  Object.fromEntries([...answer.headers].filter(([name]) => name === "content-type" || name.startsWith("content-security-policy")));

// A page counts only where it names the member: somebody else may have signed in since the facts were asked for, and
// what a foreign network answers is no page of the site.
const fetched = async (path, member) => {
  const answer = await fetch(path, {
    headers: REDUCED,
    cache: "no-store",
    redirect: "manual",
    signal: patience(PATIENCE),
  });
  const isPage = answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("text/html");
  const html = isPage ? await answer.text() : "";
  return html.includes(`data-member="${member}"`) ? { html, headers: headersOf(answer) } : null;
};

// What must be the same for a kept page to be as the server would send it now; the day itself is always fetched.
const tagsOf = (facts) => {
  const stateOf = (sheet) => `${sheet.revision} ${sheet.state}`;
  const version = `${facts.version} ${document.documentElement.lang}`;
  const lists = [version, ...facts.sheets.map(stateOf)].join("|");
  const tags = new Map(facts.pages.map((path) => [path, lists]));
  for (const sheet of facts.sheets) tags.set(sheet.path, `${version}|${stateOf(sheet)}`);
  tags.set(facts.day, "");
  return tags;
};

// What was sent needs no record once the kept page is as new, or the sheet takes no more marks.
const tidy = async (facts) => {
  const tags = await store.pageTags();
  const sheets = new Map(facts.sheets.map((sheet) => [sheet.path, sheet]));
  for (const { path, state, base } of await store.records()) {
    const sheet = sheets.get(path);
    const isNewer = sheet && (!sheet.may_write || (tags.has(path) && base <= sheet.revision));
    if (state === "sent" && isNewer) await store.update(path, (record) => (record?.state === "sent" ? null : undefined));
  }
};

/** Fetches what `facts` name; rejects where the network fails on the way (what was fetched stays). */
export const provision = async (facts) => {
  const [wanted, kept] = [tagsOf(facts), await store.pageTags()];
  const root = rootOf(facts.day);
  await store.keepOnlyPages([...facts.pages, ...[...kept.keys()].filter((path) => rootOf(path) !== root)]);
  for (const path of facts.pages) {
    const tag = wanted.get(path) ?? "";
    if (tag && kept.get(path) === tag) continue;
    const page = await fetched(path, facts.member);
    if (page) await store.putPage(path, page.html, page.headers, tag);
  }
  await tidy(facts);
  // A sheet that was opened again is not submitted, whatever was once.
  await store.reopen(facts.sheets.filter((sheet) => sheet.may_write).map((sheet) => sheet.path));
};

/** How many sheets of the round of `page` open without network; 0 where no worker would open them. */
export const readySheets = async (page) => {
  const paths = navigator.serviceWorker?.controller || (await worker()) ? await store.keptPaths() : [];
  return paths.filter((path) => rootOf(path) === rootOf(page) && path.includes("/lembar/")).length;
};

/** The active worker of the site, or null where the browser takes none. */
export const worker = async (address) => {
  if (!navigator.serviceWorker) return null;
  try {
    if (address) await navigator.serviceWorker.register(address, { scope: "/" });
    return (await navigator.serviceWorker.getRegistration())?.active ?? null;
  } catch {
    return null;
  }
};
