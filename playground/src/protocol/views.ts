// Views: what a page asks to see of a run, and what comes back in each frame. Only what is asked for is computed.

import type { WalkOp } from "../state/index.ts";

/** Each kind of view with what it asks for and what comes of it. */
export interface ViewKinds {
  /** What units make of the plane, cell by cell from the top left. `layer` is a name, or "output" or "all". */
  plane: {
    readonly asks: { readonly layer: string; readonly cells: number };
    /** By layer: [units, cells, cells]. Of the output as probabilities. */
    readonly gives: {
      readonly cells: number;
      readonly layers: Readonly<Record<string, Float32Array>>;
    };
  };
  /** The example that one stands at inside of a step: all that its ops give. Null between steps. */
  walk: {
    readonly asks: object;
    readonly gives: { readonly walk: WalkedExample | null };
  };
  /** All weights and biases by name, as in "dense1/w" [units below, units]. */
  parameters: {
    readonly asks: object;
    readonly gives: { readonly numbers: Readonly<Record<string, Float32Array>> };
  };
}

/** One example through a chain of dense layers; ops that are not done yet are in it too. */
export interface WalkedExample {
  /** Its row among the training examples, and how many the step takes. */
  readonly row: number;
  readonly examples: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly loss: number;
  readonly ops: readonly WalkOp[];
  readonly layers: readonly {
    readonly name: string;
    readonly z: readonly number[];
    readonly a: readonly number[];
    readonly delta: readonly number[];
    /** [units below, units], of this example alone. */
    readonly dw: readonly number[];
  }[];
}

export type ViewName = keyof ViewKinds;

export type ViewRequest = {
  [K in ViewName]: { readonly view: K } & ViewKinds[K]["asks"];
}[ViewName];

export type ViewResult = {
  [K in ViewName]: { readonly view: K } & ViewKinds[K]["gives"];
}[ViewName];
