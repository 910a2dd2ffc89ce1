// Small helps for every page; without them all of it works the same.

// A list of mistakes takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// What an address names inside the page is unfolded, at once and when a link leads there.
const unfold = () => {
  const named = document.getElementById(window.location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
};
window.addEventListener("hashchange", unfold);
unfold();

// Leaving a form marked data-guard with unsaved changes asks first.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  const ask = (event) => {
    if (changed) event.preventDefault();
  };
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", ask);
}

// Signing out deletes what the device keeps for a time without network; that part is loaded only when it is needed.
const signOut = document.querySelector("form[data-sign-out]");
signOut?.addEventListener("submit", async (event) => {
  event.preventDefault();
  let mayLeave = true;
  try {
    const { leave } = await import(signOut.dataset.signOut);
    mayLeave = await leave();
  } catch {
    // The server's answer empties the device too.
  }
  if (mayLeave) signOut.submit();
});
