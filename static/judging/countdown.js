// Goes on counting down to the next interview in the words that the page brought. It counts from the server's figure,
// not from the clock of the device, which may be wrong; without this module the figure of the last load stands.

const FARTHEST = 12 * 60;
const box = document.querySelector("[data-countdown]");

const told = (seconds) => {
  const minutes = Math.ceil(seconds / 60);
  if (minutes > FARTHEST) return "";
  if (minutes <= 0) return box.dataset.running;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const words = hours ? box.dataset.hours : box.dataset.minutes;
  return words.replace("{hours}", String(hours)).replace("{minutes}", String(hours ? rest : minutes));
};

if (box && "kept" in document.documentElement.dataset) {
  box.hidden = true; // a page kept on the device does not know how long ago it was made
} else if (box) {
  const seconds = Number(box.dataset.countdown);
  const loaded = performance.now();
  window.setInterval(() => {
    box.textContent = told(seconds - (performance.now() - loaded) / 1000);
  }, 5000);
}
