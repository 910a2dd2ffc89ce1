// Shows the provisional total while marks are typed. The server's figure after each load is the one that counts;
// without this module it is the only one. Marks are exact fractions of BigInt, never floats.

const PLACES = 2n;
const form = document.querySelector("form.app-sheet");
const box = document.querySelector("[data-total]");

const fraction = (text) => {
  const [whole, below] = text.split("/");
  if (below) return [BigInt(whole), BigInt(below)];
  const [units, digits = ""] = whole.split(".");
  return [BigInt(units + digits), 10n ** BigInt(digits.length)];
};
const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
const times = ([a, b], [c, d]) => [a * c, b * d];
const over = ([a, b], [c, d]) => [a * d, b * c];
const NONE = [0n, 1n];
const HUNDRED = [100n, 1n];

// A criterion's way down from the root: [{ id, under, weight }, ...], its own step last.
const way = (criterion) => {
  let under = "";
  return criterion.dataset.path.split(";").map((step) => {
    const [id, weight] = step.split("=");
    const found = { id, under, weight: fraction(weight) };
    under = id;
    return found;
  });
};

const isBelow = ([a, b], [c, d]) => a * d < c * b;

// The mark; null where there is none, or none that the scale has; undefined while it is no number.
const typed = (criterion) => {
  const field = criterion.querySelector("input[name^='nilai-'][type=radio]:checked, input[name^='nilai-'][type=text]");
  const text = (field?.value ?? "").trim();
  if (text === "") return null;
  if (!/^-?\d{1,18}([.,]\d{1,18})?$/.test(text)) return undefined;
  const mark = fraction(text.replace(",", "."));
  return isBelow(mark, fraction(criterion.dataset.min)) || isBelow(fraction(criterion.dataset.max), mark) ? null : mark;
};

const dropsOut = (criterion) => criterion.querySelector("input[name^='keadaan-']")?.checked;

// What drops out below each branch, of 100; a branch of which everything drops out, drops out itself.
const dropped = (ways) => {
  const gone = new Map();
  const drop = (steps) => {
    const step = steps.at(-1);
    gone.set(step.under, plus(gone.get(step.under) ?? NONE, step.weight));
    const [left] = minus(HUNDRED, gone.get(step.under));
    if (left === 0n && steps.length > 1) drop(steps.slice(0, -1));
  };
  for (const steps of ways) drop(steps);
  return gone;
};

// The criterion's weight in the whole, of 100, when its siblings share what dropped out.
const weightOf = (steps, gone) =>
  steps.reduce((weight, step) => {
    const left = minus(HUNDRED, gone.get(step.under) ?? NONE);
    return times(weight, over(step.weight, left));
  }, HUNDRED);

const share = (criterion, mark) => {
  const { min, max, normalise } = criterion.dataset;
  const bottom = normalise === "range" ? fraction(min) : NONE;
  return over(minus(mark, bottom), minus(fraction(max), bottom));
};

// Half up, decimal comma, as everywhere on the site.
const printed = ([above, below]) => {
  const unit = 10n ** PLACES;
  const rounded = (2n * above * unit + below) / (2n * below);
  return `${rounded / unit},${String(rounded % unit).padStart(Number(PLACES), "0")}`;
};

const show = (points, possible) => {
  box.querySelector("[data-points]").textContent = points;
  if (possible) box.querySelector("[data-possible]").textContent = possible;
  box.querySelector("[data-count]").hidden = true; // how many are answered is said again after the next load
};

const refresh = () => {
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const gone = dropped(criteria.filter(dropsOut).map(way));
  let [sum, possible, readable, begun] = [NONE, NONE, true, false];
  for (const criterion of criteria) {
    const mark = typed(criterion);
    const out = dropsOut(criterion);
    criterion.classList.toggle("is-empty", mark === null && !out);
    if (out) continue;
    const weight = weightOf(way(criterion), gone);
    possible = plus(possible, weight);
    if (mark === undefined) readable = false;
    else if (mark !== null) [sum, begun] = [plus(sum, times(weight, share(criterion, mark))), true];
  }
  show(readable ? (begun ? printed(sum) : "–") : "…", printed(possible));
};

if (form && box) form.addEventListener("input", refresh);
