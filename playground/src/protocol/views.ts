// Views: what a page asks to see of a run, and what comes back in each frame. Only what is asked for is computed.

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
  /** All weights and biases by name, as in "dense1/w" [units below, units]. */
  parameters: {
    readonly asks: object;
    readonly gives: { readonly numbers: Readonly<Record<string, Float32Array>> };
  };
}

export type ViewName = keyof ViewKinds;

export type ViewRequest = {
  [K in ViewName]: { readonly view: K } & ViewKinds[K]["asks"];
}[ViewName];

export type ViewResult = {
  [K in ViewName]: { readonly view: K } & ViewKinds[K]["gives"];
}[ViewName];
