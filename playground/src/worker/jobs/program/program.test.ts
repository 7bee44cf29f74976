import { describe, expect, it } from "vitest";
import { runJob } from "../index.ts";

const TEXT = "1/(exp(-(w*x + b)) + 1)";
const AT = { w: 0, x: 1, b: 0 };

describe("a program", () => {
  it("is recorded node by node, compiled into stages, and gives the same", async () => {
    const found = await runJob("program", { text: TEXT, at: AT }, null);
    const ops = found.recorded.filter(({ op }) => op !== "constant");
    expect(ops.map(({ name, op, value }) => [name, op, value])).toEqual([
      ["h1", "mul", 0],
      ["h2", "add", 0],
      ["h3", "neg", -0],
      ["h4", "exp", 1],
      ["h5", "add", 2],
      ["h6", "div", 0.5],
    ]);
    expect(ops[1]!.reads).toEqual(["h1", "b"]);
    expect(found.stages.map(({ name }) => name)).toEqual(["graph", "kernels", "memory", "wasm"]);
    for (const { text, values } of found.stages) {
      expect(values).toHaveLength(text.split("\n").length);
    }
    expect(found.isSame).toBe(true);
    expect(found.kernels).toBeGreaterThan(0);
    expect(found.nodes).toBeGreaterThan(found.kernels);
  });

  it("of a step of gradient descent is the README's: 18 nodes, two kernels", async () => {
    const { nodes, kernels, stages } = await runJob("stepProgram", { rows: 4 }, null);
    expect([nodes, kernels]).toEqual([18, 2]);
    expect(stages[1]!.text).toContain("variable0: float32[3, 2] = sub(variable0");
  });

  it("is timed both ways", async () => {
    const times = await runJob("programTimes", { text: TEXT, at: AT }, null);
    for (const time of Object.values(times)) expect(time).toBeGreaterThan(0);
  });

  it.each([
    [2, true, ["mul", "log"], Math.log(4), 1],
    [0.5, false, ["mul", "neg", "add"], 0.75, -1],
  ])("with an if on a value, at %d", async (x, isAbove, ops, value, derivative) => {
    const { dynamic, refused, compiled } = await runJob("branch", { x }, null);
    expect(dynamic.isAbove).toBe(isAbove);
    expect(dynamic.ops).toEqual(ops);
    expect(dynamic.value).toBeCloseTo(value, 12);
    expect(dynamic.derivative).toBeCloseTo(derivative, 12);
    expect([compiled.value, compiled.derivative]).toEqual([dynamic.value, dynamic.derivative]);
    expect(compiled.ops).toContain("cond");
    expect(refused).toMatch(/was read while tracing/);
  });
});
