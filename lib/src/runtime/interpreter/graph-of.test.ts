import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { print } from "../../ir/print.ts";
import { tensor } from "../../tensor/create.ts";
import { graphOf } from "./graph-of.ts";

describe("graphOf", () => {
  it("keeps a program as it was written, with the names that records give", () => {
    const graph = graphOf(
      ({ w, x, b }) => x.mul(w).add(b).mul(1),
      [{ w: tensor(0), x: tensor(1), b: tensor(0) }],
    );
    expect(print(graph)).toMatchInlineSnapshot(`
      "graph(%0 w: float32[], %1 x: float32[], %2 b: float32[]) {
        %3: float32[] = mul(%1, %0)
        %4: float32[] = add(%3, %2)
        %5: float32[] = constant(1)
        %6: float32[] = mul(%4, %5)
        return %6
      }"
    `);
  });

  it("names other inputs by their place, and nested ones by their path", () => {
    const graph = graphOf((x, p) => x.add(p.layer.b), [tensor(1), { layer: { b: tensor(2) } }]);
    expect(graph.inputs.map((input) => input.name)).toEqual(["0", "layer.b"]);
  });

  it("refuses to read values", () => {
    expect(() => graphOf((x) => tensor(x.item()), [tensor(1)])).toThrow("read while tracing");
  });
});
