import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Runtime, wideFlag } from "./v8-flags.ts";

const OLD = "experimental-wasm-revectorize";

describe("wideFlag", () => {
  const flagOf = (v8: string, options = "", more: Partial<Runtime> = {}) =>
    wideFlag({ arch: "x64", versions: { v8 }, known: () => options, ...more });

  it.each([
    ["11.3.244.8-node.33", null],
    ["12.4.254.21-node.57", null],
    ["13.5.212", null],
    ["13.6.233.17-node.53", OLD],
    ["14.1.146.11-node.25", OLD],
    ["14.6.202.34-node.34", OLD],
  ])("knows without asking which flag V8 %s has: %s", (v8, flag) => {
    const known = () => {
      throw new Error("asked");
    };
    expect(flagOf(v8, "", { known })).toBe(flag);
  });
  it("asks newer versions, which have renamed it", () => {
    const listed = (flag: string) => `  --trace-wasm-revectorize (trace)\n  --${flag} (256 bits)\n`;
    expect(flagOf("15.6.10", listed("wasm-revectorize"))).toBe("wasm-revectorize");
    expect(flagOf("15.0.1", listed(OLD))).toBe(OLD);
    expect(flagOf("17.0.1", "  --trace-wasm-revectorize (trace)\n")).toBeNull();
  });
  it("has none on other processors and in other programs that carry V8", () => {
    const v8 = "14.6.202";
    expect(flagOf(v8, "", { arch: "arm64" })).toBeNull();
    expect(flagOf(v8, "", { versions: { v8, deno: "2.9.0" } })).toBeNull();
    expect(flagOf(v8, "", { versions: { bun: "1.4.0" } })).toBeNull();
  });
  it("is one that this V8 takes without a word", () => {
    const known = () => {
      const { stdout } = spawnSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
      return stdout;
    };
    const flag = wideFlag({ arch: process.arch, versions: process.versions, known });
    const code = `require("v8").setFlagsFromString("--${flag ?? "liftoff"}")`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", code], { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
