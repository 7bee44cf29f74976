// Layers one after another, and by name.

import { describe, expect, it } from "vitest";
import { flattenTree } from "../../runtime/values/tree.ts";
import { key } from "../../tensor/random.ts";
import { chain } from "../network/chain.ts";
import { activation, dense, layerFromSpec, reshapeLayer } from "./index.ts";

describe("a chain of layers", () => {
  it("names the layer that does not fit", () => {
    expect(() => chain([2], [reshapeLayer([3])])).toThrow(
      'layer "reshape1": reshape: an example [2] cannot take [3]',
    );
    expect(() => chain([], [dense(3)])).toThrow(
      'layer "dense1": dense: expected at least one axis',
    );
  });

  it("names the nearest known kind of layer", () => {
    expect(() => layerFromSpec({ kind: "dens" })).toThrow(
      'Unknown layer "dens". Did you mean "dense"?',
    );
  });

  it("draws the same variables from the same key", () => {
    const network = chain([3], [dense(4), activation("tanh"), dense(2)]);
    const bits = () =>
      flattenTree(network.init(key(9), "float32").params).leaves.map((t) => t.data);
    expect(bits()).toEqual(bits());
    const [w1, , w2] = bits();
    expect(w1!.slice(0, 2)).not.toEqual(w2!.slice(0, 2));
  });
});
