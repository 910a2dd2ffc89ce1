// The keyboard's way through a sheet: digits into the criterion, Enter to the next one, arrows by a step, Ctrl+S saves,
// "?" lists the keys. Single letters work only outside fields, and can be switched off.

const form = document.querySelector("form.app-sheet");
const list = document.querySelector("[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const OFF = "paritrana.keys";

const criterionOf = (element) => element.closest?.("[data-criterion]");

// Where the keyboard stands in a criterion: its box, or the level that is chosen; the tick where it is not applicable.
const placeIn = (criterion) => {
  const places = "input.app-mark, input[name^='nilai-']:checked, input[name^='keadaan-']:checked";
  return [...criterion.querySelectorAll(places)].find((place) => !place.closest("[hidden]"));
};

const goTo = (criterion) => {
  const place = criterion ? placeIn(criterion) : form.querySelector("[name=langkah][value=periksa]");
  place?.focus();
  if (place?.matches("input.app-mark")) place.select();
};

const next = (criterion) => {
  const all = [...form.querySelectorAll("[data-criterion]")];
  goTo(all[all.indexOf(criterion) + 1]);
};

const choose = (criterion, value) => {
  const level = [...criterion.querySelectorAll("input[type=radio][name^='nilai-']")].find((each) => each.value === value);
  if (!level) return;
  level.checked = true;
  level.focus();
  level.dispatchEvent(new Event("input", { bubbles: true }));
};

const inMark = (event) => {
  const field = event.target;
  if (event.key === "Enter") {
    event.preventDefault();
    next(criterionOf(field));
  } else if (field.matches("input.app-mark") && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    field.dispatchEvent(new CustomEvent("app:step", { detail: event.key === "ArrowUp" ? 1 : -1 }));
  } else if (field.type === "radio" && /^\d$/.test(event.key)) {
    choose(criterionOf(field), event.key);
  } else if (field.type === "radio" && (event.key === "Delete" || event.key === "Backspace")) {
    event.preventDefault();
    choose(criterionOf(field), "");
  }
};

const follow = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();

const outside = (event) => {
  if (localStorage.getItem(OFF) === "off") return;
  if (event.key === "?") list.showModal();
  else if (event.key === "n") follow("next");
  else if (event.key === "p") follow("prev");
  else return;
  event.preventDefault();
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=langkah][value=simpan]"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || list.open) return;
  const field = event.target;
  if (field.matches("input[name^='nilai-'], input[name^='keadaan-'], input[name^='alasan-']")) inMark(event);
  else if (!field.matches("input, textarea, select, [contenteditable]")) outside(event);
});

// A choice of this browser only; a private window that keeps nothing simply forgets it.
const single = list.querySelector("[data-single-keys]");
single.checked = localStorage.getItem(OFF) !== "off";
single.addEventListener("change", () => {
  if (single.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "off");
});
opener.hidden = false;
opener.querySelector("button").addEventListener("click", () => list.showModal());
list.querySelector("[data-keys-close]").addEventListener("click", () => list.close());
