// The two dialogs that all cards share: what can be done with one, and what is asked before an act.

const fill = (list, lines) =>
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));

/** Shows what can be done with the card `element`; resolves to what was chosen, empty for nothing. */
export const choose = (element, base, board) => {
  const dialog = document.querySelector("[data-card-dialog]");
  const { n: number } = element.dataset;
  const isPlaced = Boolean(element.dataset.r);
  const isLocked = "locked" in element.dataset;
  const isOver = "over" in element.dataset;
  dialog.querySelector("[data-name]").textContent = element.querySelector(".sb-name").textContent;
  const parts = [element.querySelector("b"), element.querySelector(".sb-sub"), ...element.querySelectorAll(".sb-marks span")];
  dialog.querySelector("[data-sub]").textContent = parts.filter(Boolean).map((one) => one.textContent).join(" · ");
  const about = board.querySelectorAll(`[data-about~="${CSS.escape(number)}"] [data-text]`);
  fill(dialog.querySelector("[data-problems]"), [...about].map((one) => one.textContent));
  const hidden = {
    lift: isLocked || isOver,
    lock: !isPlaced || isLocked || isOver,
    unlock: !isLocked || isOver,
    cancel: !isPlaced || isLocked || isOver,
  };
  for (const button of dialog.querySelectorAll("[data-do]")) button.hidden = hidden[button.dataset.do] ?? false;
  for (const link of dialog.querySelectorAll("[data-go]")) {
    const form = isPlaced ? "pindah/" : "tempatkan/";
    link.href = `${base}${number}/${link.dataset.go === "pindah/" ? form : link.dataset.go}`;
    link.hidden = (link.dataset.go === "" && !isPlaced) || (link.dataset.go === "pindah/" && (isLocked || isOver));
  }
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue);
    for (const button of dialog.querySelectorAll("[data-do]")) button.onclick = () => dialog.close(button.dataset.do);
    dialog.returnValue = "";
    dialog.showModal();
  });
};

/** Asks whether to do it nevertheless; resolves to yes or no. */
export const confirmed = ({ where, lines }) => {
  const dialog = document.querySelector("[data-ask]");
  dialog.querySelector("[data-where]").textContent = where;
  fill(dialog.querySelector("[data-lines]"), lines);
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "ya");
    for (const button of dialog.querySelectorAll("button")) button.onclick = () => dialog.close(button.value);
    dialog.returnValue = "";
    dialog.showModal();
  });
};
