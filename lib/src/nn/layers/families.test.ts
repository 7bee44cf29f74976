// Families of layers: what a specification names is fetched, whatever holds it, and nothing else.

import { describe, expect, it } from "vitest";
import { networkFromSpec } from "../network/from-spec.ts";
import { loadNetwork } from "../network/load.ts";
import { kindsFor } from "./families.ts";
import { ALL_KINDS } from "./registry.ts";

describe("kindsFor", () => {
  it("gives every kind of the registry, alone", async () => {
    const kinds = Object.keys(ALL_KINDS.layers);
    expect(kinds.length).toBeGreaterThan(50);
    for (const kind of kinds) {
      const { layers } = await kindsFor({ kind });
      expect(layers[kind], kind).toBe(ALL_KINDS.layers[kind]);
      expect(Object.keys(layers).length, kind).toBeLessThan(kinds.length / 2);
    }
    expect((await kindsFor({})).merges).toEqual(ALL_KINDS.merges);
  });

  it("leaves out what is not named", async () => {
    const { layers } = await kindsFor([{ kind: "input" }, { kind: "lstm", units: 3 }]);
    expect(Object.keys(layers)).toContain("gru");
    expect(Object.keys(layers)).not.toContain("conv2d");
  });

  it("finds layers inside layers", async () => {
    const held = { kind: "block", layers: [{ kind: "residual", layer: { kind: "gcn" } }] };
    const { layers } = await kindsFor({ kind: "network", network: { layers: [held] } });
    expect(Object.keys(layers)).toEqual(expect.arrayContaining(["block", "gcn"]));
  });
});

describe("loadNetwork", () => {
  const input = { kind: "input", shape: [6, 6, 1] };
  const chain = (...layers: object[]) => ({ layers: [input, ...layers] }) as never;

  it("makes the network that is made at once of all kinds", async () => {
    const spec = chain({ kind: "conv2d", filters: 2, kernelSize: 3 }, { kind: "flatten" });
    const [loaded, made] = [await loadNetwork(spec), networkFromSpec(spec)];
    expect(loaded.outputShapes).toEqual([[32]]);
    expect(loaded.spec).toEqual(made.spec);
  });

  it("knows a network as a layer", async () => {
    const inner = {
      layers: [
        { kind: "input", shape: [6, 6, 1] },
        { kind: "globalPool", pool: "max" },
      ],
    };
    const { outputShapes } = await loadNetwork(chain({ kind: "network", network: inner }));
    expect(outputShapes).toEqual([[1]]);
  });

  it("names the nearest of all kinds", async () => {
    const spec = chain({ kind: "con2d", filters: 2, kernelSize: 3 });
    await expect(loadNetwork(spec)).rejects.toThrow(/con2d.*conv2d/s);
  });
});
