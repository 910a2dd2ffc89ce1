// Draws the preview anew while the form is filled in: the page itself is asked for, without saving, and its preview
// taken over. Without this module the button "Show without saving" does the same.

const PAUSE = 400; // milliseconds after the last change
const form = document.querySelector("form[data-preview]");
let waiting = 0;
let asked = null;

const shown = () => document.querySelector("#preview");

const draw = async () => {
  asked?.abort();
  asked = new AbortController();
  const facts = new FormData(form);
  facts.append("preview", "1");
  shown().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(facts), signal: asked.signal });
    // 422: something is missing yet, such as the name of a block that was begun. What was drawn last stands.
    if (answer.status !== 200 || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown().replaceWith(document.adoptNode(page.querySelector("#preview")));
  } catch {
    // No network, or a newer question took the place of this one.
  } finally {
    shown().removeAttribute("aria-busy");
  }
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, PAUSE);
});
