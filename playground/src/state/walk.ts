// Through one training step on foot: example by example, op by op, and back.

/** One op of a pass through a chain of dense layers, which are counted from 0. */
export interface WalkOp {
  readonly kind: "netInput" | "activation" | "loss" | "errorTerm" | "gradient";
  readonly layer: number;
}

/** The ops of one example: forwards through the layers, the loss, backwards again. */
export function walkOps(layers: number): readonly WalkOp[] {
  const up = Array.from({ length: layers }, (_, layer) => layer);
  return [
    ...up.flatMap((layer): WalkOp[] => [
      { kind: "netInput", layer },
      { kind: "activation", layer },
    ]),
    { kind: "loss", layer: layers - 1 },
    ...up.reverse().flatMap((layer): WalkOp[] => [
      { kind: "errorTerm", layer },
      { kind: "gradient", layer },
    ]),
  ];
}

/** Where one stands in the step that comes next: the example, from 0, and how many of its ops are done. */
export interface Inside {
  readonly example: number;
  readonly op: number;
}

export interface Moved {
  /** Null between two steps. */
  readonly inside: Inside | null;
  /** What of whole steps goes with it: 1 updates the weights, -1 takes the last update back. */
  readonly step: -1 | 0 | 1;
}

/**
 * One op or example on, or back. The update of the weights is a move of its own, after the last op.
 * @param examples of the step one is in
 * @param ops how many an example has
 * @param canGoBack whether there is a step before this one
 */
export function moved(
  inside: Inside | null,
  unit: "op" | "example",
  direction: 1 | -1,
  { examples, ops, canGoBack }: { examples: number; ops: number; canGoBack: boolean },
): Moved {
  const done = (example: number): Moved => ({ inside: { example, op: ops }, step: 0 });
  if (direction === 1) {
    if (inside === null)
      return unit === "op" ? { inside: { example: 0, op: 1 }, step: 0 } : done(0);
    const { example, op } = inside;
    if (op < ops)
      return unit === "op" ? { inside: { example, op: op + 1 }, step: 0 } : done(example);
    if (example + 1 === examples) return { inside: null, step: 1 };
    return unit === "op" ? { inside: { example: example + 1, op: 1 }, step: 0 } : done(example + 1);
  }
  if (inside === null) return { inside: null, step: canGoBack ? -1 : 0 };
  const { example, op } = inside;
  if (unit === "op" && op > 1) return { inside: { example, op: op - 1 }, step: 0 };
  return example === 0 ? { inside: null, step: 0 } : done(example - 1);
}
