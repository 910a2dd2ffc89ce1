// From a point on the screen to a room and a time, and back. Rows are as high as they last; nothing is assumed of it.

const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** The table that `board` shows, `null` where it shows none. */
export const gridOf = (board) => {
  const section = board.querySelector(".sb-day[data-shown]");
  const rooms = [...board.querySelectorAll(".sb-table thead [data-room]")];
  const rows = [...board.querySelectorAll(".sb-table tbody tr")];
  if (!section || !rooms.length || !rows.length) return null;

  const day = section.dataset.shown;
  const step = Number(section.dataset.step);
  const begins = rows.map((row) => Number(row.dataset.at));
  const lasts = rows.map((row) => Number(/\bm(\d+)\b/.exec(row.className)[1]));
  const last = begins.at(-1) + lasts.at(-1);
  const scroll = board.querySelector(".sb-scroll");

  const minuteAt = (y) => {
    const index = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    if (index < 0) return last;
    const rect = rows[index].getBoundingClientRect();
    return begins[index] + within((y - rect.top) / rect.height, 0, 1) * lasts[index];
  };

  const heightAt = (minute) => {
    const index = within(begins.filter((at) => at <= minute).length - 1, 0, rows.length - 1);
    const rect = rows[index].getBoundingClientRect();
    return rect.top + (rect.height * (minute - begins[index])) / lasts[index];
  };

  const snapped = (minute, length) => {
    const latest = Math.max(begins[0], last - length);
    return within(Math.round(minute / step) * step, Math.ceil(begins[0] / step) * step, latest);
  };

  return {
    day,
    step,
    /** The slot whose interview of `length` minutes would begin `above` pixels over the point; `null` outside. */
    slotAt: (x, y, above, length) => {
      const room = rooms.find((one) => {
        const rect = one.getBoundingClientRect();
        return rect.left <= x && x < rect.right;
      });
      const frame = scroll.getBoundingClientRect();
      const edge = rows.at(-1).getBoundingClientRect().bottom;
      if (!room || x < frame.left || x > frame.right || y < rows[0].getBoundingClientRect().top || y > edge) return null;
      return { day, start: snapped(minuteAt(y - above), length), room: room.dataset.room };
    },
    /** The first open place, for a card that comes from nowhere. */
    first: (length) => {
      const row = rows.find((one) => one.querySelector(".is-free")) ?? rows[0];
      return { day, start: snapped(Number(row.dataset.at), length), room: rooms[0].dataset.room };
    },
    /** The slot `steps` steps later and `aside` rooms to the right, within the table. */
    beside: (slot, steps, aside, length) => {
      const here = rooms.findIndex((one) => one.dataset.room === slot.room);
      const room = rooms[within(here + aside, 0, rooms.length - 1)].dataset.room;
      return { day, start: snapped(slot.start + steps * step, length), room };
    },
    roomName: (id) => rooms.find((one) => one.dataset.room === id)?.textContent ?? "",
    scroll,
    /** Where a slot is drawn, in pixels of the scrolled box; `null` where its room is not shown. */
    rectOf: (slot, length) => {
      const head = rooms.find((one) => one.dataset.room === slot.room);
      if (!head || slot.day !== day) return null;
      const frame = scroll.getBoundingClientRect();
      const column = head.getBoundingClientRect();
      const top = heightAt(slot.start);
      return {
        left: column.left - frame.left + scroll.scrollLeft,
        top: top - frame.top + scroll.scrollTop,
        width: column.width,
        height: heightAt(Math.min(slot.start + length, last)) - top,
      };
    },
  };
};

/** Minutes since midnight as people write them. */
export const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`;
