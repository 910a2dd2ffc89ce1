// Dragging with mouse, pen or finger. A finger rests on a card first: otherwise it scrolls.

const FAR = 5; // pixels that a mouse moves before it drags
const SLIP = 10; // pixels that a resting finger may slip
const REST = 400; // milliseconds that a finger rests
const EDGE = 48; // pixels from the edge of the window at which it scrolls

/** Watches `board`; `begin(card element)` says whether it may be dragged, the others are told of points. */
export const watchDragging = (board, { begin, over, drop, cancel }) => {
  let held = null; // {card, x, y, above, pointer, timer, isDragging}
  let point = null;
  let frame = 0;
  let swallow = false;

  const end = () => {
    window.clearTimeout(held?.timer);
    window.cancelAnimationFrame(frame);
    held = null;
  };

  const start = () => {
    if (!begin(held.card)) {
      end();
      return;
    }
    held.isDragging = true;
    swallow = true;
    document.body.classList.add("is-dragging");
    frame = window.requestAnimationFrame(scroll);
    over(point.x, point.y, held.above);
  };

  const scroll = () => {
    const down = Math.max(0, point.y - (window.innerHeight - EDGE)) - Math.max(0, EDGE - point.y);
    const box = board.querySelector(".sb-scroll");
    const rect = box?.getBoundingClientRect();
    const inside = rect && point.y > rect.top && point.y < rect.bottom;
    const right = inside ? Math.max(0, point.x - (rect.right - EDGE)) - Math.max(0, rect.left + EDGE - point.x) : 0;
    if (down || right) {
      window.scrollBy(0, down / 4);
      if (inside) box.scrollLeft += right / 4;
      over(point.x, point.y, held.above);
    }
    frame = window.requestAnimationFrame(scroll);
  };

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".sb-card");
    if (!card || event.button || held) return;
    swallow = false;
    point = { x: event.clientX, y: event.clientY };
    const above = card.classList.contains("is-waiting") ? 12 : event.clientY - card.getBoundingClientRect().top;
    held = { card, ...point, above, pointer: event.pointerId, isFinger: event.pointerType === "touch" };
    if (held.isFinger) held.timer = window.setTimeout(start, REST);
  });

  window.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.pointer) return;
    point = { x: event.clientX, y: event.clientY };
    const moved = Math.hypot(point.x - held.x, point.y - held.y);
    if (held.isDragging) over(point.x, point.y, held.above);
    else if (held.isFinger && moved > SLIP) end();
    else if (!held.isFinger && moved > FAR) start();
  });

  window.addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const { isDragging, above } = held;
    end();
    if (isDragging) drop(event.clientX, event.clientY, above);
  });

  window.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const { isDragging } = held;
    end();
    if (isDragging) cancel();
  });

  // While a finger drags, the page stays where it is.
  window.addEventListener("touchmove", (event) => held?.isDragging && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => held?.isFinger && event.preventDefault());
  board.addEventListener("dragstart", (event) => event.preventDefault());
  // The click that ends a drag opens nothing.
  window.addEventListener(
    "click",
    (event) => {
      if (!swallow || !event.detail) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );

  return {
    /** Lets go of what is dragged, without a drop. */
    release: end,
  };
};
