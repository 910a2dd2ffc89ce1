// Shows the provisional total while marks are typed. The server's figure after each save is the one that counts;
// without this module it is the only one. Marks are exact fractions of BigInt, never floats.

const PLACES = 2n;
const box = document.querySelector("[data-total]");
const points = box?.querySelector("[data-points]");
const count = box?.querySelector("[data-count]");
const form = document.querySelector("form.app-sheet");

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

const typed = (criterion) => {
  const field = criterion.querySelector("input[name^='nilai-'][type=radio]:checked, input[name^='nilai-'][type=text]");
  const text = (field?.value ?? "").trim();
  if (text === "") return null;
  return /^\d{1,18}([.,]\d{1,18})?$/.test(text) ? fraction(text.replace(",", ".")) : undefined;
};

const share = (criterion, mark) => {
  const { weight, min, max, normalise } = criterion.dataset;
  const bottom = normalise === "range" ? fraction(min) : [0n, 1n];
  return times(fraction(weight), over(minus(mark, bottom), minus(fraction(max), bottom)));
};

// Half up, decimal comma, as everywhere on the site.
const printed = ([above, below]) => {
  const unit = 10n ** PLACES;
  const rounded = (2n * above * unit + below) / (2n * below);
  return `${rounded / unit},${String(rounded % unit).padStart(Number(PLACES), "0")}`;
};

const refresh = () => {
  count.hidden = true; // how many are answered is said again after the next save
  let sum = [0n, 1n];
  for (const criterion of form.querySelectorAll("[data-criterion]")) {
    const mark = typed(criterion);
    criterion.classList.toggle("is-empty", mark === null);
    // What is not applicable moves weights, and what is unreadable has no value: only the server adds these up.
    if (mark === undefined || criterion.querySelector("input[name^='keadaan-']")?.checked) {
      points.textContent = "…";
      return;
    }
    if (mark !== null) sum = plus(sum, share(criterion, mark));
  }
  points.textContent = printed(sum);
};

if (form && points) form.addEventListener("input", refresh);
