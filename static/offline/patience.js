// How long something is waited for. Browsers before 2022 have no AbortSignal.timeout; without this they would save nothing.

/** A signal that ends what listens to it after so many milliseconds, with an error called TimeoutError. */
export const patience = (milliseconds) => {
  if (AbortSignal.timeout) return AbortSignal.timeout(milliseconds);
  const ending = new AbortController();
  setTimeout(() => ending.abort(), milliseconds);
  return ending.signal;
};

/** Whether `error` says that the wait is over. */
export const isOver = ({ name }) => name === "TimeoutError" || name === "AbortError";

/** What `work` resolves to, or false after `pause` milliseconds. */
export const within = (pause, work) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, pause, false))]);
