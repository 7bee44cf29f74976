// What a file of Keras holds, whichever of its formats it is in.

import type { FindArrays } from "../weights/load.ts";

export interface KerasParts {
  /** The configuration of the model; null where the file holds weights alone. */
  readonly model: unknown;
  /** How it was compiled; null where it was not. */
  readonly training: unknown;
  /** What wrote it, as "Keras 3.15.1". */
  readonly writer: string;
  /** True for Keras 1 and 2 and for TF.js. */
  readonly isOld: boolean;
  /** The bytes of the weights, known before any is read. */
  readonly weightBytes: number;
  /** Opens the weights of a network of so many numbers. */
  readonly weights: (parameters: number) => Promise<FindArrays>;
}

/** Whether a version, as "2.15.0", is before Keras 3. A file that does not say is of Keras 2. */
export const isOldVersion = (version: unknown): boolean =>
  !(typeof version === "string" && Number.parseInt(version, 10) >= 3);

export const shownVersion = (version: unknown): string =>
  typeof version === "string" && /^[\w.+-]{1,40}$/.test(version) ? `Keras ${version}` : "Keras";
