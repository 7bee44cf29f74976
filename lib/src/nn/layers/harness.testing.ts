// One harness for all layers: shapes, gradients, specifications there and back, compiled alike, and the
// same on both engines.

import { describe, expect, it, vi } from "vitest";
import "../../tensor/methods.ts";
import { engineNamed } from "../../engines/choose.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { engine, setEngine } from "../../runtime/interpreter/current.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../runtime/values/tree.ts";
import { key, normal } from "../../tensor/random.ts";
import { sum } from "../../tensor/reduce.ts";
import { type Layer, layerFromSpec, type Params } from "./index.ts";

/** A layer, and what it promises for examples of a shape. */
export interface LayerCase {
  readonly title: string;
  readonly layer: Layer;
  readonly inputShape: number[];
  readonly outputShape: number[];
  readonly parameters: number;
  /** Examples that are no floats, as places in a table: they have no gradient. */
  readonly x?: Tensor;
  /** What the layer reads besides, of BATCH examples. */
  readonly also?: readonly Tensor[];
}

type Point = { readonly params: Params; readonly x: Tensor };

export const BATCH = 3;
export const CONTEXT = { training: false, key: key(3) };

export function testLayers(cases: readonly LayerCase[]): void {
  describe.each(cases)(
    "layer $title",
    ({ layer, inputShape, outputShape, parameters, ...given }) => {
      const { also = [] } = given;
      const alsoShapes = also.map(({ shape }) => shape.slice(1));
      const { params, state } = layer.init(key(1), inputShape, "float64", ...alsoShapes);
      const x: Tensor = given.x ?? normal(key(2), [BATCH, ...inputShape], { dtype: "float64" });
      const run = (p: Params, input: Tensor, { training = false, of = layer } = {}): Tensor =>
        of.apply({ params: p, state }, input, { ...CONTEXT, training, also }).y;

      it("gives the shape and the number of parameters it promises", () => {
        expect(layer.outputShape(inputShape, ...alsoShapes)).toEqual(outputShape);
        expect(run(params, x).shape).toEqual([BATCH, ...outputShape]);
        const sizes = flattenTree(params).leaves.map((leaf) => leaf.size);
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(parameters);
      });

      const c: Tensor = normal(key(5), [BATCH, ...outputShape], { dtype: "float64" });
      // Where the examples have no gradient, a factor of the loss stands in their place.
      const point: Point = { params, x: given.x ? scalar(1, "float64") : x };
      const loss = (p: Point): Tensor => {
        const y = run(p.params, given.x ?? p.x, { training: true });
        return sum(y.mul(given.x ? c.mul(p.x) : c));
      };

      it("has the gradient that differences show, for parameters and input", () => {
        const gradient = grad(loss)(point);
        const step = 1e-6;
        const direction = mapTree((leaf) => leaf.mul(0).add(0.37).sub(leaf.mul(0.11)), point);
        const moved = (sign: number) =>
          loss(mapTree((leaf, d) => leaf.add(d.mul(sign * step)), point, direction)).item();
        const expected = (moved(1) - moved(-1)) / (2 * step);
        const actual = flattenTree(mapTree((g, d) => g.mul(d).sum(), gradient, direction)).leaves;
        expect(actual.reduce((total, leaf) => total + leaf.item(), 0)).toBeCloseTo(expected, 5);
      });

      it("says that it is not trained, where it is told so", () => {
        if (!("shapes" in layer)) return;
        const spec = { ...layer.spec!, trainable: false };
        expect(layerFromSpec(spec).trainable).toBe(false);
        expect(layerFromSpec(spec).spec).toEqual(spec);
      });

      it("is the same layer after its specification went through JSON", () => {
        const spec = JSON.parse(JSON.stringify(layer.spec));
        const again = layerFromSpec(spec);
        expect(again.spec).toEqual(layer.spec);
        expect(again.outputShape(inputShape, ...alsoShapes)).toEqual(outputShape);
        expect(run(params, x, { of: again }).toArray()).toEqual(run(params, x).toArray());
      });

      it("gives the same bits compiled", () => {
        const eager = (p: Params, input: Tensor) => run(p, input, { training: true });
        expect(compile(eager)(params, x).data).toEqual(eager(params, x).data);
      });

      it("gives and learns the same on the Wasm engine as on the reference engine", () => {
        const numbers = () => {
          const step = compile((p: Point) => [run(p.params, x, { training: true }), grad(loss)(p)]);
          return flattenTree(step(point)).leaves.flatMap((leaf) => [
            ...(leaf.data as Float64Array),
          ]);
        };
        const before = engine();
        const warn = vi.spyOn(console, "warn");
        try {
          setEngine(engineNamed("wasm"));
          const compiled = numbers();
          expect(warn).not.toHaveBeenCalled(); // nothing falls back
          setEngine(engineNamed("reference"));
          numbers().forEach((expected, i) => {
            expect(Math.abs(compiled[i]! - expected)).toBeLessThan(1e-10);
          });
        } finally {
          setEngine(before);
          warn.mockRestore();
        }
      });
    },
  );
}
