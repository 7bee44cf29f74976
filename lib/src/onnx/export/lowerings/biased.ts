// A product and a bias as one node: Gemm for matrices, Conv with its bias.

import { isFloat } from "../../../ir/dtype.ts";
import type { Node, Value } from "../../../ir/graph.ts";
import { withoutOnes } from "../graph/dim.ts";
import type { Lowering, Site } from "../site.ts";
import { writeConv } from "./convolve.ts";

/** Adds as `plain` does, where the sum is no product and its bias. */
export function withSums(plain: Lowering): Lowering<"add"> {
  return (site, node) => {
    const [a, b] = node.inputs as [Value, Value];
    const isDone = sum(site, node.outputs[0]!, a, b) || sum(site, node.outputs[0]!, b, a);
    if (!isDone) plain(site, node as Node);
  };
}

function sum(site: Site, result: Value, product: Value, bias: Value): boolean {
  const { node } = product;
  if (!node || !isFloat(product.type.dtype) || site.shared.readers.get(product) !== 1) return false;
  const { name, dims } = site.place(bias);
  const length = product.type.shape.at(-1)!;
  const row = withoutOnes(dims);
  const isRow = length === 1 ? row.length === 0 : row.length === 1 && row[0] === length;
  if (!isRow) return false;
  if (node.op === "matmul" && product.type.shape.length === 2) {
    const [x, w] = node.inputs.map((input) => site.whole(input));
    site.set(result, site.node("Gemm", [x!, w!, name]));
    return true;
  }
  if (node.op !== "conv" || product.type.shape.includes(0)) return false;
  const flat = dims.length === 1 ? name : site.reshape(name, [length]);
  site.set(result, writeConv(site, node as Node<"conv">, flat));
  return true;
}
