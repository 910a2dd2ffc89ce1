// Two small helps for every form; without them the forms work all the same.

// A list of mistakes takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

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
