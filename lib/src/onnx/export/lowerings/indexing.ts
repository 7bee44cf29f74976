// Rows by index, and products of matrices.

import type { DType } from "../../../ir/dtype.ts";
import type { Lowering, Site } from "../site.ts";

export const gather: Lowering<"gather"> = (site, { inputs, outputs: [y] }) => {
  const [x, indices] = inputs.map((input) => site.whole(input));
  site.set(y!, site.node("Gather", [x!, indices!], { axis: 0 }));
};

/** What no number of a type is below. */
const LOWEST: Readonly<Record<DType, number>> = {
  float32: -Infinity,
  float64: -Infinity,
  int32: -(2 ** 31),
  uint8: 0,
  bool: 0,
};

function scattered(reduction: "add" | "max"): Lowering<"scatterAdd"> & Lowering<"scatterMax"> {
  return (site, { inputs, outputs: [y] }) => {
    const [indices, updates] = inputs;
    const { dtype } = y!.type;
    const asInt = dtype === "uint8" ? "int32" : dtype;
    const start = site.filled(reduction === "add" ? 0 : LOWEST[dtype], asInt, site.dims(y!));
    const rows = site.node("Unsqueeze", [
      site.cast(site.whole(indices!), "int64"),
      site.ints([-1]),
    ]);
    const whole = site.whole(updates!);
    const given = asInt === dtype ? whole : site.cast(whole, asInt);
    const all = site.node("ScatterND", [start, rows, given], { reduction });
    site.set(y!, asInt === dtype ? all : site.cast(all, dtype));
  };
}

export const scatterAdd: Lowering<"scatterAdd"> = scattered("add");
export const scatterMax: Lowering<"scatterMax"> = scattered("max");

export const matmul: Lowering<"matmul"> = (site, { inputs, outputs: [y] }) => {
  const { dtype } = y!.type;
  const names = inputs.map((input) => site.whole(input));
  const product = (of: readonly string[]) => site.node("MatMul", of);
  site.set(y!, dtype === "uint8" ? asInts(site, names, product) : product(names));
};

function asInts(
  site: Site,
  names: readonly string[],
  compute: (names: readonly string[]) => string,
) {
  return site.cast(compute(names.map((name) => site.cast(name, "int32"))), "uint8");
}
