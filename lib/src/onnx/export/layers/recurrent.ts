// Recurrent layers as the nodes LSTM, GRU and RNN.

import { isFloat } from "../../../ir/dtype.ts";
import type { RecurrentLayer } from "../../../nn/layers/recurrent/recurrent.ts";
import type { Known } from "../graph/element-types.ts";
import { transposed } from "../graph/element-types.ts";
import { flipped } from "../lowerings/movement.ts";
import type { Site } from "../site.ts";
import type { LayerLowering, Region } from "./regions.ts";

interface Cell {
  readonly op: "LSTM" | "GRU" | "RNN";
  /** Our gates in the order of ONNX. */
  readonly order: readonly number[];
}

const CELLS: Readonly<Record<string, Cell>> = {
  lstm: { op: "LSTM", order: [0, 3, 1, 2] }, // i f c o as i o f c
  gru: { op: "GRU", order: [0, 1, 2] },
  simpleRnn: { op: "RNN", order: [0] },
};

/** Activations that ONNX has with the same formula. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  relu: "Relu",
  softsign: "Softsign",
  softplus: "Softplus",
};

interface Options {
  readonly activation?: unknown;
  readonly recurrentActivation?: unknown;
  readonly returnSequences?: boolean;
  readonly goBackwards?: boolean;
  readonly stateful?: boolean;
  readonly resetAfter?: boolean;
}

export const writeRecurrent: LayerLowering = (site, region) => {
  const { layer, x, y, variables } = region;
  const { op, order } = CELLS[layer.kind]!;
  const options = (layer as RecurrentLayer).options as Options;
  const names = activationsOf(op, options);
  const weights = weightsOf(site, region, order);
  const [steps] = x.type.shape.slice(1);
  if (!names || !weights || options.stateful || !isFloat(y.type.dtype) || steps === 0) return false;
  if (variables["w"]!.type.dtype !== x.type.dtype) return false;
  const { returnSequences = false, goBackwards = false, resetAfter = true } = options;
  const hidden = variables["wRecurrent"]!.type.shape[0]!;
  const sequences = site.writer.transpose(site.whole(x), [1, 0, 2]);
  const [all, last] = site.writer.nodes(op, [sequences, ...weights], 2, {
    hidden_size: hidden,
    activations: names,
    direction: goBackwards ? "reverse" : "forward",
    ...(op === "GRU" && { linear_before_reset: resetAfter ? 1 : 0 }),
  });
  const drop = (name: string, axis: number) => site.node("Squeeze", [name, site.ints([axis])]);
  if (!returnSequences) {
    site.set(y, drop(last!, 0));
    return true;
  }
  const result = site.writer.transpose(drop(all!, 1), [1, 0, 2]);
  site.set(y, goBackwards ? flipped(site, result, [1]) : result);
  return true;
};

function activationsOf(op: Cell["op"], options: Options): string[] | null {
  const name = (spec: unknown) => (typeof spec === "string" ? ACTIVATIONS[spec] : undefined);
  const own = name(options.activation ?? "tanh");
  const gate = name(options.recurrentActivation ?? "sigmoid");
  if (!own || !gate) return null;
  return { LSTM: [gate, own, own], GRU: [gate, own], RNN: [own] }[op];
}

/** W [1, gates units, in], R [1, gates units, units] and B [1, 2 gates units], gates in ONNX's order. */
function weightsOf(site: Site, { variables }: Region, order: readonly number[]): string[] | null {
  const { w, wRecurrent, b, bRecurrent } = variables;
  const known = [w, wRecurrent, b, bRecurrent].map((value) => {
    const place = value && site.place(value);
    return (
      place && {
        name: site.writer.ids.wanted.get(place.name) ?? "",
        known: site.writer.ids.known.get(place.name),
      }
    );
  });
  if (!w || !wRecurrent || known.some((of) => of && !of.known)) return null;
  const [input, state, bias, stateBias] = known as ({ name: string; known: Known } | undefined)[];
  const rows = (of: { name: string; known: Known }): string =>
    site.known(of.name, gated(transposed(of.known, [1, 0]), order));
  const names = [rows(input!), rows(state!)];
  if (!bias) return names;
  const columns = bias.known.dims[0]!;
  const both = gated({ ...bias.known, dims: [columns, 1] }, order).data as Float32Array;
  const joined = new (both.constructor as typeof Float32Array)(2 * columns);
  joined.set(both);
  if (stateBias) {
    joined.set(
      gated({ ...stateBias.known, dims: [columns, 1] }, order).data as Float32Array,
      columns,
    );
  }
  const known2: Known = { type: bias.known.type, dims: [1, 2 * columns], data: joined };
  return [...names, site.known(bias.name, known2)];
}

/** [gates units, n] as [1, gates units, n], with the gates in another order. */
function gated({ type, dims, data }: Known, order: readonly number[]): Known {
  const block = data.length / order.length;
  const out = data.slice() as Float32Array;
  order.forEach((from, to) => {
    out.set((data as Float32Array).subarray(from * block, (from + 1) * block), to * block);
  });
  return { type, dims: [1, ...dims], data: out };
}
