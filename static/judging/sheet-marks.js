// Buttons, a slider and the level values beside a typed mark. The box stays the truth: these only write into it and
// read from it. "Not applicable" takes the mark away, and gives it back when it is unticked. Marks are counted in whole
// steps from the bottom of the scale, with integers.

const form = document.querySelector("form.app-sheet");

// "87,5" with 3 digits is 87500n; undefined for what is no plain number.
export const scaled = (text, digits) => {
  const found = /^(-?)(\d{1,18})(?:[.,](\d{1,18}))?$/.exec(text.trim());
  const tail = found?.[3] ?? "";
  if (!found || tail.length > digits) return undefined;
  return BigInt(found[1] + found[2] + tail.padEnd(digits, "0"));
};

const written = (value, digits) => {
  const text = String(value < 0n ? -value : value).padStart(digits + 1, "0");
  const tail = digits ? text.slice(-digits).replace(/0+$/, "") : "";
  return `${value < 0n ? "-" : ""}${digits ? text.slice(0, -digits) : text}${tail && `,${tail}`}`;
};

const DIGITS = 6;

const scaleOf = (criterion) => {
  const { min, max, nudge } = criterion.dataset;
  const [low, high, step] = [min, max, nudge].map((text) => scaled(text, DIGITS));
  return low === undefined || high === undefined || !step ? null : { low, high, step };
};

const tell = (box, text) => {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

// One step up or down; from an empty box up begins at the bottom of the scale, and down at its top.
const stepped = (box, scale, direction) => {
  const mark = scaled(box.value, DIGITS);
  if (mark === undefined) return box.value.trim() ? box.value : written(direction > 0 ? scale.low : scale.high, DIGITS);
  const next = mark + BigInt(direction) * scale.step;
  return written(next < scale.low ? scale.low : next > scale.high ? scale.high : next, DIGITS);
};

const mirror = (box, slider, scale) => {
  const mark = scaled(box.value, DIGITS);
  const inside = mark !== undefined && mark >= scale.low && mark <= scale.high;
  slider.classList.toggle("is-unset", !inside);
  slider.value = inside ? String((mark - scale.low) / scale.step) : "0";
  slider.setAttribute("aria-valuetext", inside ? box.value : form.dataset.empty);
};

const help = (criterion) => {
  const box = criterion.querySelector("input.app-mark");
  const scale = scaleOf(criterion);
  if (!box || !scale) return;
  for (const button of criterion.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => tell(box, stepped(box, scale, Number(button.dataset.step))));
  }
  box.addEventListener("app:step", (event) => tell(box, stepped(box, scale, event.detail)));
  const slider = criterion.querySelector("[data-slider]");
  if (slider) {
    slider.hidden = false;
    mirror(box, slider, scale);
    box.addEventListener("input", () => mirror(box, slider, scale));
    slider.addEventListener("input", (event) => {
      event.stopPropagation();
      tell(box, written(scale.low + BigInt(slider.value) * scale.step, DIGITS));
    });
  }
  const picks = criterion.querySelector("[data-picks]");
  if (picks) picks.hidden = false;
  picks?.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (pick) tell(box, pick.dataset.pick);
  });
};

const chosen = (criterion) => criterion.querySelector("input[name^='nilai-']:checked, input.app-mark");

const giveMark = (criterion, mark) => {
  const box = criterion.querySelector("input.app-mark");
  if (box) tell(box, mark);
  else for (const radio of criterion.querySelectorAll("input[name^='nilai-']")) radio.checked = radio.value === mark;
};

const notApplicable = (criterion) => {
  const tick = criterion.querySelector("input[name^='keadaan-']");
  const area = criterion.querySelector("[data-mark]");
  let before = "";
  if (!tick) return;
  area.hidden = tick.checked;
  tick.addEventListener("input", () => {
    if (tick.checked) before = chosen(criterion)?.value ?? "";
    giveMark(criterion, tick.checked ? "" : before);
    area.hidden = tick.checked;
  });
};

for (const criterion of form?.querySelectorAll("[data-criterion]") ?? []) {
  help(criterion);
  notApplicable(criterion);
}
