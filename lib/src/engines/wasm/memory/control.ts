// The words in engine memory by which threads keep step, and where each of them stands.

/** No engine has more threads than this. */
export const MOST_THREADS = 64;

/**
 * Word numbers from the start of the control block. What one thread writes while others wait for it
 * has a cache line of 16 words to itself.
 */
export const WORD = {
  /** Grows with every order to the threads; they sleep on it. */
  orders: 0,
  /** Messages that were sent to each thread. */
  posted: 1,
  /** Runs that were begun; the number of the program and how often it is to run. */
  runs: 2,
  program: 3,
  times: 4,
  /** 1 where the threads are to end. */
  exit: 5,
  /** How many slices of SLICE_MS thread 0 waits for another before it gives up; 1 once it has. */
  patience: 6,
  stuck: 7,
  /** Grows whenever all threads have arrived at a barrier; the others sleep on it. */
  generation: 16,
  /** 1 where a thread failed: all others leave the run at their next barrier. */
  abort: 17,
  arrived: 32,
  sleepers: 33,
  /** Threads that have finished the run, and those that are dead: the last one, and its exit code. */
  done: 48,
  dead: 49,
  deadThread: 50,
  deadCode: 51,
  /** How many messages each thread has dealt with. */
  dealt: 64,
  /** For each thread: 0, or 1 and the arguments of "fail", or 2 and the text in `text`. */
  errors: 128,
  textLength: 384,
  text: 385,
  /** How many programs each thread holds, behind TEXT_WORDS of text. */
  held: 592,
} as const;

export const ERROR_WORDS = 4;
export const TEXT_WORDS = 200;
export const CONTROL_BYTES: number = 4 * (WORD.held + MOST_THREADS);

/** A sleeping thread wakes this often to check that the others are alive. */
export const SLICE_MS = 100;
/** Turns of a waiting loop before it sleeps: about as long as it takes to wake up again. */
export const SPINS = 10_000;
