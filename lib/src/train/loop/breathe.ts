// Long loops let others have the thread: the page stays alive, timers fire, signals arrive.

const EVERY_MS = 50;

/** A function to await in a loop; it yields to the event loop about every 50 ms. */
export function makeBreather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < EVERY_MS) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    last = performance.now();
  };
}
