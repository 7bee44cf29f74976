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
  /** An example through the chain, forwards and backwards; null where the network is no chain of dense layers. */
  example: {
    readonly asks: { readonly part: "train" | "test"; readonly row: number };
    readonly gives: { readonly example: WalkedExample | null };
  };
  /** How gradients flow over the training examples, or evenly spread ones of many. */
  flow: {
    readonly asks: object;
    readonly gives: { readonly examples: number; readonly layers: readonly FlowOfLayer[] };
  };
  /** How well the examples are met, in full. */
  scores: {
    readonly asks: object;
    readonly gives: { readonly train: PartScores; readonly test: PartScores | null };
  };
  /** The plane as two units of a hidden layer see it: lines of a grid, and the examples. */
  space: {
    readonly asks: {
      readonly layer: string;
      readonly units: readonly [number, number];
      readonly lines: number;
    };
    readonly gives: { readonly space: BentPlane | null };
  };
}

/** One layer that has parameters. Gradients are means over the examples, without penalty. */
export interface FlowOfLayer {
  readonly name: string;
  /** By parameter, as "w" [units below, units]. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
  /** Euclidean length of all of them together. */
  readonly norm: number;
  /** The share of slopes f'(z) that are flat; null where f is not applied element by element. */
  readonly saturated: number | null;
  /** Units that are flat for every example, from 0. */
  readonly dead: readonly number[];
}

/** Of classes: how many are right, and which is taken for which. Of values: R² and the root of the mean square. */
export type PartScores =
  | {
      readonly kind: "classes";
      readonly count: number;
      readonly accuracy: number;
      /** [right class][class it was taken for] */
      readonly confusion: readonly (readonly number[])[];
    }
  | {
      readonly kind: "values";
      readonly count: number;
      readonly r2: number;
      readonly rmse: number;
    };

export interface BentPlane {
  /** How many points a line of the grid has. */
  readonly steps: number;
  /** [2 * lines, steps, 2]: lines along x1 from the top, then along x2 from the left. */
  readonly grid: Float32Array;
  /** [training examples, 2] */
  readonly points: Float32Array;
  /** Where the next layer changes its mind: n · (a, b) = offset. Null for other than two units. */
  readonly border: { readonly normal: readonly [number, number]; readonly offset: number } | null;
}

/** One example through a chain of dense layers; ops that are not done yet are in it too. */
export interface WalkedExample {
  /** Its row among the examples, and how many the step takes. */
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
    /** f'(z); null where f is not applied element by element. */
    readonly slope: readonly number[] | null;
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
