// The numbers that the drawing of a network shows, out of what a frame holds: one an edge, one a unit.

import type { Frame } from "../../protocol/index.ts";
import type { DiagramLayer } from "./layout.ts";

/** What edges and chips show: weights and biases, their gradients, activations, or what each edge adds to a sum. */
export type Overlay = "weight" | "gradient" | "value" | "contribution";

export const OVERLAYS: readonly Overlay[] = ["weight", "gradient", "value", "contribution"];

/** The keys under which the views of a frame are found. */
export const NET_VIEWS = { numbers: "weights", maps: "units", example: "example", flow: "flow" };

export interface NetNumbers {
  /** Before each layer but the first: [units below, units]; empty where there are none. */
  readonly edges: readonly ArrayLike<number>[];
  /** Of each layer: one a unit; empty where there are none. */
  readonly chips: readonly ArrayLike<number>[];
}

const NONE: readonly number[] = [];

export function netNumbersOf(
  frame: Frame | null,
  layers: readonly DiagramLayer[],
  overlay: Overlay,
): NetNumbers {
  const own = layers.slice(1);
  const parts = own.map(({ name }, i) => partOf(frame, name, layers[i]!, overlay));
  const inputs = overlay === "value" ? (exampleOf(frame)?.x ?? NONE) : NONE;
  return {
    edges: parts.map(({ edges }) => edges),
    chips: [inputs, ...parts.map(({ chips }) => chips)],
  };
}

interface Part {
  readonly edges: ArrayLike<number>;
  readonly chips: ArrayLike<number>;
}

function partOf(frame: Frame | null, name: string, below: DiagramLayer, overlay: Overlay): Part {
  const { w = NONE, b = NONE } = variablesOf(frame, name);
  if (overlay === "weight") return { edges: w, chips: b };
  if (overlay === "gradient") {
    const flow = frame?.views[NET_VIEWS.flow];
    const layer = flow?.view === "flow" ? flow.layers.find((one) => one.name === name) : undefined;
    return { edges: layer?.gradients["w"] ?? NONE, chips: layer?.gradients["b"] ?? NONE };
  }
  const example = exampleOf(frame);
  const layer = example?.layers.find((one) => one.name === name);
  if (!example || !layer) return { edges: NONE, chips: NONE };
  const inputs = example.layers.find((one) => one.name === below.name)?.a ?? example.x;
  const units = layer.a.length;
  const edges = Array.from(w, (weight, i) => {
    const x = inputs[Math.floor(i / units)] ?? 0;
    return overlay === "value" ? x : weight * x;
  });
  return { edges, chips: overlay === "value" ? layer.a : layer.z };
}

/** Weights and biases of a layer, as the frame has them. */
export function variablesOf(
  frame: Frame | null,
  name: string,
): { readonly w?: Float32Array | undefined; readonly b?: Float32Array | undefined } {
  const view = frame?.views[NET_VIEWS.numbers];
  if (view?.view !== "parameters") return {};
  return { w: view.numbers[`${name}/w`], b: view.numbers[`${name}/b`] };
}

/** The example that is looked at; null where the frame has none. */
export function exampleOf(frame: Frame | null) {
  const view = frame?.views[NET_VIEWS.example];
  return view?.view === "example" ? view.example : null;
}

/** The size that is drawn at full width: of weights 4, of other numbers the largest there is. */
export function fullWidth({ edges }: NetNumbers, overlay: Overlay): number {
  if (overlay === "weight") return 4;
  let largest = 0;
  for (const list of edges) {
    for (let i = 0; i < list.length; i++) {
      const size = Math.abs(list[i]!);
      if (size > largest && size < Infinity) largest = size;
    }
  }
  return largest || 1;
}
