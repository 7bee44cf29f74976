// Rows of recurrent layers: gates in another order, two biases where we have one, both ways in one module.

import type { TensorRow } from "../tensor-row.ts";
import { type LayerRow, type LayerSite, parameter, pathOf, refuseLayer } from "./row.ts";

interface Cell {
  readonly type: string;
  /** PyTorch's gates by their number among ours. */
  readonly gates: readonly number[];
}

const CELLS: Readonly<Record<string, Cell>> = {
  simpleRnn: { type: "RNN", gates: [0] },
  // i, f, g, o in both.
  lstm: { type: "LSTM", gates: [0, 1, 2, 3] },
  // z, r, h here; r, z, n there.
  gru: { type: "GRU", gates: [1, 0, 2] },
};

/** @param under "" or the name of a way, as "backward/" */
function cellTensors(site: LayerSite, { gates }: Cell, under = "", suffix = ""): TensorRow[] {
  const order = gates.some((from, to) => from !== to) ? { gates } : {};
  const named = (name: string) => `${name}_l0${suffix}`;
  const b = site.shapes[`${under}b`];
  const row = (name: string, own: string, perm?: readonly number[]) =>
    parameter(site, named(name), `${under}${own}`, { ...order, ...(perm && { perm }) });
  return [
    row("weight_ih", "w", [1, 0]),
    row("weight_hh", "wRecurrent", [1, 0]),
    ...(b ? [row("bias_ih", "b"), biasOfState(site, named("bias_hh"), under, order)] : []),
  ];
}

/** The second bias: our own where the state has one, else zeros, and on the way in added to the first. */
function biasOfState(
  site: LayerSite,
  name: string,
  under: string,
  order: Pick<TensorRow, "gates">,
): TensorRow {
  const own = `${under}bRecurrent`;
  if (site.shapes[own]) return parameter(site, name, own, order);
  const b = `${under}b`;
  return { name, shape: site.shapes[b]!, of: [], filled: 0, addedTo: pathOf(site, b) };
}

/** @throws ArgumentError for what cuDNN's cells, and so PyTorch's, do not compute */
function expectCell(site: LayerSite, kind: string, spec: Readonly<Record<string, unknown>>): Cell {
  const cell = CELLS[kind];
  if (!cell) return refuseLayer(site, `of ${kind}, PyTorch has no like`);
  const { activation = "tanh", recurrentActivation = "sigmoid", resetAfter = true } = spec;
  if (resetAfter === false) {
    refuseLayer(site, "PyTorch's GRU resets after the product: set resetAfter to true");
  }
  const isPlain = activation === "tanh" || (kind === "simpleRnn" && activation === "relu");
  if (!isPlain || recurrentActivation !== "sigmoid") {
    const or = kind === "simpleRnn" ? "tanh or relu" : "tanh, and sigmoid for its gates";
    refuseLayer(site, `PyTorch's ${cell.type} has ${or}`);
  }
  return cell;
}

const alone: LayerRow = (site) => {
  const cell = expectCell(site, site.kind, site.spec ?? {});
  return [{ type: cell.type, tensors: cellTensors(site, cell) }];
};

export const RECURRENT_ROWS: Readonly<Record<string, LayerRow>> = {
  simpleRnn: alone,
  lstm: alone,
  gru: alone,
  bidirectional: (site) => {
    const inner = site.spec?.["layer"] as Readonly<Record<string, unknown>> | undefined;
    if (!inner) refuseLayer(site, "its layer has an activation of the program's own");
    if (site.spec?.["backward"] !== undefined || inner["goBackwards"] === true) {
      refuseLayer(site, "both ways are of one kind and size in PyTorch, forwards first");
    }
    const cell = expectCell(site, String(inner["kind"]), inner);
    const ways = [
      ...cellTensors(site, cell, "forward/"),
      ...cellTensors(site, cell, "backward/", "_reverse"),
    ];
    return [{ type: cell.type, tensors: ways }];
  },
};
