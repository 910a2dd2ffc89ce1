// Opens the note of a criterion as soon as its mark leaves what is usual: there it is asked for before the sheet can be
// submitted. Typing goes on undisturbed; the server asks for the note in any case.

import { scaled } from "./sheet-marks.js";

const DIGITS = 6;

const mark = (criterion) => criterion.querySelector("input[name^='nilai-'][type=radio]:checked, input.app-mark")?.value ?? "";

const isOutside = (criterion) => {
  const [given, low, high] = [mark(criterion), criterion.dataset.softMin, criterion.dataset.softMax].map((text) => scaled(text, DIGITS));
  return given !== undefined && (given < low || given > high);
};

const ask = (criterion) => {
  const note = criterion.querySelector("textarea[name^='catatan-']");
  const outside = isOutside(criterion);
  if (outside) note.closest("details").open = true;
  if (outside && !note.value.trim()) note.setAttribute("aria-required", "true");
  else note.removeAttribute("aria-required");
};

for (const criterion of document.querySelectorAll("form.app-sheet [data-soft-min]")) {
  criterion.addEventListener("input", () => ask(criterion));
  ask(criterion);
}
