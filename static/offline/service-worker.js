// The service worker of the site: opens kept pages where the network fails, and keeps the hashed static files.
// In front of it the server writes PARITRANA = { version, static, assets, fallback, home, signIn }. Pages and facts are never
// put into the Cache API: pages that are kept lie encrypted in the store, which is also asked who is signed in here.
// It sends nothing itself: marks are sent by the pages (outbox.js), so they go in order and under the right name.
import { database } from "./database.js";
import { member, page } from "./store.js";

const { version, static: prefix, assets, fallback, home, signIn } = self.PARITRANA;
const PREFIX = "paritrana-";
const CACHE = PREFIX + version;
const PATIENCE = 4000; // a page that is kept is shown rather than waited for
const HASHED = /\.[0-9a-f]{12}\.[a-z0-9]+$/; // the name changes with the content

const ANYHOW = { ignoreVary: true }; // nothing that is kept here differs by who asks

const isHashed = (url) => HASHED.test(new URL(url, self.location.origin).pathname);

// On a bad network an update costs only what changed: what an older cache has under the same hashed name is taken over.
const fill = async () => {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const url of [...assets, fallback]) {
    const known = isHashed(url) && (await caches.match(url, ANYHOW));
    if (known) await cache.put(url, known);
    else missing.push(url);
  }
  await cache.addAll(missing);
};

// Pages kept before an update name the files of the release before: its cache stays until the next one.
const tidy = async () => {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
};

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

// A page instead of a file comes from a foreign network, and would be kept for as long as the name is.
const isFile = (answer) => answer.status === 200 && !answer.redirected && !answer.headers.get("Content-Type")?.startsWith("text/html");

const fromNetwork = async (request) => {
  const answer = await fetch(request);
  if (isFile(answer)) {
    const copy = answer.clone();
    await caches.open(CACHE).then((cache) => cache.put(request, copy)).catch(() => {}); // no space: it is shown all the same
  }
  return answer;
};

const staticFile = async (request) => {
  const known = await caches.match(request, ANYHOW);
  if (known && isHashed(request.url)) return known;
  return fromNetwork(request).catch((error) => {
    if (known) return known;
    throw error;
  });
};

// The page as the server wrote it, with the policy it came with; data-kept tells its scripts where it comes from.
const keptPage = async (path) => {
  const found = await page(path);
  if (!found) return null;
  const html = found.html.replace("<html ", "<html data-kept ");
  return new Response(html, { headers: { ...found.headers, "cache-control": "no-store" } });
};

const toTheDay = async () => {
  const owner = await member();
  const pages = await (await database()).getAllKeys("pages");
  const day = pages.find(([whose, path]) => whose === owner && path.endsWith("/wawancara/"));
  return day ? Response.redirect(day[1]) : null;
};

// Whoever signs in may be somebody else: until one of their pages says who, nothing that is kept is shown.
const doubt = async () => {
  if (await member()) await (await database()).put("meta", { name: "doubt", value: true });
};

const kept = async (url) => {
  try {
    if (await (await database()).get("meta", "doubt")) return null;
    const found = (await keptPage(url.pathname + url.search)) ?? (await keptPage(url.pathname));
    if (found || url.pathname !== home) return found;
    return await toTheDay();
  } catch {
    return null; // the browser refuses the store: as if nothing was kept
  }
};

const afterPatience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

const navigation = async (request) => {
  const url = new URL(request.url);
  let failed = false;
  let refusal = null; // the server's own page that says what is out (paritrana/busy.py)
  const answered = fetch(request).then(
    (answer) => {
      if (answer.status < 502 || answer.status > 504) return answer;
      refusal = answer.status === 503 ? answer : null;
      return null;
    },
    () => null,
  );
  const first = await Promise.race([answered.then((answer) => ((failed = !answer), answer)), afterPatience()]);
  if (first) return first;
  const found = await kept(url);
  if (found) return found;
  const late = failed ? null : await answered;
  return late ?? refusal ?? (await caches.match(fallback, ANYHOW)) ?? Response.error();
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === signIn) event.waitUntil(doubt().catch(() => {}));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(navigation(request));
  else if (url.pathname.startsWith(prefix)) event.respondWith(staticFile(request));
});
