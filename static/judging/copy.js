// Copies the text of a box to the clipboard; where the browser has none, the button stays hidden and one copies by hand.

const reset = 2000;

for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const word = button.querySelector("span");
  if (!navigator.clipboard || !box) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const before = word.textContent;
    await navigator.clipboard.writeText(box.value);
    word.textContent = button.dataset.copied;
    window.setTimeout(() => {
      word.textContent = before;
    }, reset);
  });
}
