// Time and turns, so that tests can have their own.

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Lets messages have their turn; where nothing is to be done, the processor rests for a moment too. */
  turn(isIdle: boolean): Promise<void>;
}

const REST_MS = 4;

/** A message to oneself comes after those that wait, and without the delay that timers have. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  turn: (isIdle) =>
    new Promise((resolve) => {
      if (isIdle) {
        setTimeout(resolve, REST_MS);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }),
};
