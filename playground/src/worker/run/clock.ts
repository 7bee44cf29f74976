// Time and turns, so that tests can have their own.

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Lets messages have their turn. */
  turn(): Promise<void>;
}

/** A message to oneself comes after those that wait, and without the delay that timers have. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  turn: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }),
};
