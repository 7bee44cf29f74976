// Which engine a runtime gets that lacks something, and that none is made before it is needed.

import { afterEach, expect, test, vi } from "vitest";
import { hasSimd } from "./wasm/compiler/features.ts";
import { createWasmEngine } from "./wasm/index.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The choice made anew here: the reference engine, with a notice. */
async function choosesReference(notice: string) {
  vi.resetModules();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const choose = await import("./choose.ts");
  expect(choose.defaultEngine().name).toBe("reference");
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(notice));
  warn.mockRestore();
  return choose;
}

/** WebAssembly as it was before it had vectors. */
function withoutSimd(): void {
  const { Memory, Module, Instance } = WebAssembly;
  vi.stubGlobal("WebAssembly", { Memory, Module, Instance, validate: () => false });
}

test("without vectors there is no Wasm engine", async () => {
  withoutSimd();
  expect(hasSimd()).toBe(false);
  expect(() => createWasmEngine()).toThrow("this runtime has no WebAssembly SIMD");
});

test("without vectors the reference engine is the default, with a notice", async () => {
  withoutSimd();
  const { engineNamed } = await choosesReference("has no WebAssembly SIMD");
  expect(engineNamed("reference").name).toBe("reference");
  expect(() => engineNamed("wasm")).toThrow("engine: wasm needs a runtime with WebAssembly SIMD");
});

test("without WebAssembly at all, too", () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(hasSimd()).toBe(false);
});

test("where WebAssembly may not be compiled, the reference engine is the default, with a notice", async () => {
  class Forbidden {
    constructor() {
      throw new WebAssembly.CompileError("Refused by the policy of this page");
    }
  }
  vi.stubGlobal("WebAssembly", { ...allOf(WebAssembly), Module: Forbidden });
  expect(() => createWasmEngine()).toThrow(
    "may not be compiled here, perhaps by the page's policy",
  );
  await choosesReference("Refused by the policy of this page");
});

test("where WebAssembly gets no memory, the reference engine is the default, with a notice", async () => {
  class None {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  }
  vi.stubGlobal("WebAssembly", { ...allOf(WebAssembly), Memory: None });
  await choosesReference("grants WebAssembly no memory at all");
});

/** Its functions and classes, which are not enumerable. */
function allOf(module: typeof WebAssembly): object {
  const names = Object.getOwnPropertyNames(module) as (keyof typeof WebAssembly)[];
  return Object.fromEntries(names.map((name) => [name, module[name]]));
}

test("an import reserves no memory; the first op does", async () => {
  let made = 0;
  const { Memory } = WebAssembly;
  class Counted extends Memory {
    constructor(wanted: WebAssembly.MemoryDescriptor) {
      super(wanted);
      made++;
    }
  }
  vi.stubGlobal("WebAssembly", { ...allOf(WebAssembly), Memory: Counted });
  vi.resetModules();
  const { zeros } = await import("../index.ts");
  expect(made).toBe(0);
  expect(zeros([2]).neg().size).toBe(2);
  expect(made).toBe(1);
});
