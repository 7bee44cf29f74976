// Sums, maxima and orders along axes.

import { isFloat } from "../../../ir/dtype.ts";
import type { Node, Value } from "../../../ir/graph.ts";
import type { ElementType } from "../graph/element-types.ts";
import type { Lowering, Site } from "../site.ts";

/** Whole numbers in a wider type that ONNX Runtime adds and compares: the low bits of the result are the same. */
function widened(
  site: Site,
  x: Value,
  wider: ElementType,
  compute: (name: string) => string,
): string {
  const { dtype } = x.type;
  const name = site.whole(x);
  if (isFloat(dtype) || dtype === wider) return compute(name);
  return site.cast(compute(site.cast(name, wider)), dtype);
}

function reduced(
  op: "ReduceSum" | "ReduceMax",
  wider: ElementType,
): Lowering<"sum"> & Lowering<"reduceMax"> {
  return (site, { inputs: [x], params: { axes }, outputs: [y] }) => {
    if (axes.length === 0) return site.set(y!, site.whole(x!));
    const along = site.ints(axes.toSorted((a, b) => a - b));
    const reduce = (name: string) => site.node(op, [name, along], { keepdims: 0 });
    site.set(y!, widened(site, x!, wider, reduce));
  };
}

// Sums of int32 do not wrap around in ONNX Runtime; those of int64 have all the bits that are kept.
export const sum: Lowering<"sum"> = reduced("ReduceSum", "int64");
export const reduceMax: Lowering<"reduceMax"> = reduced("ReduceMax", "int32");

export const argmax: Lowering<"argmax"> = (
  site,
  { inputs: [x], params: { axis }, outputs: [y] },
) => {
  const name = x!.type.dtype === "uint8" ? site.cast(site.whole(x!), "int32") : site.whole(x!);
  site.set(y!, site.cast(site.node("ArgMax", [name], { axis, keepdims: 0 }), "int32"));
};

export const cumsum: Lowering<"cumsum"> = (site, { inputs: [x], params, outputs: [y] }) => {
  const axis = site.ints([params.axis]);
  const add = (name: string) =>
    site.node("CumSum", [name, axis], params.reverse ? { reverse: 1 } : {});
  site.set(y!, widened(site, x!, "int64", add));
};

/** TopK of all elements; of equal ones the first comes first both ways. */
export const argsort: Lowering<"argsort"> = (site, node: Node<"argsort">) => {
  const [x] = node.inputs;
  const [y] = node.outputs;
  const { axis, descending } = node.params;
  const name = x!.type.dtype === "uint8" ? site.cast(site.whole(x!), "int32") : site.whole(x!);
  const all = site.shape([site.dims(x!)[axis]!]);
  const attributes = { axis, largest: descending ? 1 : 0 };
  const [, places] = site.writer.nodes("TopK", [name, all], 2, attributes);
  site.set(y!, site.cast(places!, "int32"));
};
