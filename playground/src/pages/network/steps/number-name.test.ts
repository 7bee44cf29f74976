import { describe, expect, it } from "vitest";
import { network as en } from "../../../text/en/network.ts";
import { network as zh } from "../../../text/zh/network.ts";
import { numberName } from "./number-name.ts";

const net = {
  layers: [
    { name: "x", units: 2, activation: null },
    { name: "dense1", units: 3, activation: "tanh" },
    { name: "dense2", units: 1, activation: "sigmoid" },
  ],
  features: ["x1", "sin(x2)"],
};

describe("numberName", () => {
  it("names a weight by the units it joins: rows come from below, columns go up", () => {
    expect(numberName(en, net, "dense1/w", 4)).toBe("Hidden 1: Weight from sin(x2) to unit 2");
    expect(numberName(zh, net, "dense1/w", 4)).toBe("隐藏层 1：从 sin(x2) 到神经元 2 的权值");
    expect(numberName(zh, net, "dense2/w", 2)).toBe("输出层：从神经元 3 到神经元 1 的权值");
    expect(numberName(zh, net, "dense1/b", 2)).toBe("隐藏层 1：神经元 3 的偏置");
  });

  it("keeps the place of what is not drawn", () => {
    expect(numberName(en, net, "conv1/k", 3)).toBe("conv1/k[3]");
    expect(numberName(en, null, "dense1/w", 0)).toBe("dense1/w[0]");
  });
});
