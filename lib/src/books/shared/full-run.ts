// A full run: an experiment's long version, which goes on where it was killed.
//
// An experiment's file that has one exports it as `full`, beside `PARAMETERS` and `claims`:
//
//   export const full: FullRun = {
//     seconds: 1200,
//     parameters: { epochs: counted("epochs", 30), seed: natural("what the weights are drawn by", 1) },
//     async run(given, { mnist }, { store, report }) {
//       const { epochs, seed } = experimentPoint("conv-net", full.parameters, given);
//       const accuracy = await once(store, `seed ${seed}`, async () => (await train(...)).accuracy);
//       report(`seed ${seed}: ${accuracy}`);
//       return { claims: [...], curves: [...] };
//     },
//   };
//
// or, an epoch at a time:
//
//       const kept = await store.get<Uint8Array>("checkpoint");       // undefined at first
//       ... restore, go on after the epoch that it is of, and after each epoch:
//       await store.put("checkpoint", encodeCheckpoint(...));
//
// `neurite reproduce NAME --full` runs it. A value is bytes or what JSON can say. A put is whole or not there at
// all, and replaces what was under its key; so what belongs together (weights and their epoch) is ONE entry.

import type { ExperimentPoint, Parameter } from "./parameters.ts";
import type { ExperimentRun, Sources } from "./run.ts";

/** What survives a run that is killed, by key. */
export interface Store {
  /** What was put under a key, undefined where nothing was. */
  get<T = unknown>(key: string): Promise<T | undefined>;
  /**
   * Keeps a Uint8Array, or what JSON can say; a key keeps to one of the two.
   * @throws TypeError for what JSON would change in silence, as NaN or a typed array
   */
  put(key: string, value: unknown): Promise<void>;
}

/** What a full run works with. */
export interface Work {
  readonly store: Store;
  /** Tells how far it is, in a line. */
  readonly report: (text: string) => void;
}

/** The long version of an experiment. */
export interface FullRun {
  /** About how long it takes at the book's point, of one core. */
  readonly seconds: number;
  /** What may be told it, by name; a run with a seed calls it `seed`. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  run(given: ExperimentPoint, sources: Sources, work: Work): Promise<ExperimentRun>;
}

/** What a piece of work gives: from the store where it was done before, else computed and put there. */
export async function once<T>(
  store: Store,
  key: string,
  compute: () => T | Promise<T>,
): Promise<T> {
  const kept = await store.get<T>(key);
  if (kept !== undefined) return kept;
  const value = await compute();
  await store.put(key, value);
  return value;
}
