import { describe, expect, it } from "vitest";
import { Pacer } from "./pacer.ts";

describe("a pacer", () => {
  it("lets as many steps go as time has passed for", () => {
    const pacer = new Pacer({ per: "second", unit: "minibatch", n: 10 }, 7, 1000);
    expect(pacer.due(1000)).toBe(0);
    expect(pacer.due(1350)).toBe(3);
    pacer.ran(3);
    expect([pacer.due(1350), pacer.due(1400)]).toEqual([0, 1]);
  });
  it("counts epochs by their steps", () => {
    const pacer = new Pacer({ per: "second", unit: "epoch", n: 2 }, 7, 0);
    expect(pacer.due(1000)).toBe(14);
  });
  it("waits for a frame to be shown", () => {
    const pacer = new Pacer({ per: "frame", unit: "epoch", n: 1 }, 7, 0);
    expect(pacer.due(0)).toBe(7);
    pacer.ran(7);
    expect(pacer.due(10_000)).toBe(0);
    pacer.shown(10_000);
    expect(pacer.due(10_000)).toBe(7);
    pacer.shown(10_001);
    expect(pacer.due(10_001)).toBe(7);
  });
  it("lets all go that a machine can do", () => {
    expect(new Pacer("fast", 7, 0).due(0)).toBe(Number.POSITIVE_INFINITY);
  });
});
