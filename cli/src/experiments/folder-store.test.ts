// What a full run has done survives as files; what JSON would change in silence is refused.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { folderStore } from "./folder-store.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neurite-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("folderStore", () => {
  it("gives back what an earlier one kept", async () => {
    const kept = vi.fn(async () => {});
    const store = folderStore(folder, kept);
    const value = { accuracy: 0.1 + 0.2, epochs: [1, 2], none: null };
    await store.put("seed 1/of 3*", value);
    await store.put("checkpoint", Uint8Array.of(1, 2, 255));
    await store.put("checkpoint", Uint8Array.of(3));
    expect(kept).toHaveBeenCalledTimes(3);
    const later = folderStore(folder);
    expect(await later.get("seed 1/of 3*")).toEqual(value);
    expect(await later.get("checkpoint")).toEqual(Uint8Array.of(3));
    expect(await later.get("seed 2")).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(["checkpoint.bin", "seed%201%2Fof%203%2A.json"]);
  });
  it("keeps within its folder, and hides nothing", async () => {
    const store = folderStore(folder);
    await store.put("..", 1);
    await store.put("../out", 2);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(await store.get("..")).toBe(1);
  });
  it.each([
    ["NaN", { loss: [Number.NaN] }],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["undefined", undefined],
    ["1,2", { weights: Float32Array.of(1, 2) }],
    ["[object Map]", new Map()],
  ])("refuses %s", async (said, value) => {
    await expect(folderStore(folder).put("a", value)).rejects.toThrow(
      `store: JSON cannot say what "a" holds: ${said}`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
  it("keeps a key to what it was first, and says which file is broken", async () => {
    const store = folderStore(folder);
    await store.put("a", 1);
    await expect(store.put("a", Uint8Array.of(1))).rejects.toThrow("stays what it was first");
    writeFileSync(join(folder, "a.json"), "{");
    await expect(store.get("a")).rejects.toThrow("a.json: expected JSON; remove the file");
    await expect(store.put("", 1)).rejects.toThrow("expected a key");
  });
});
