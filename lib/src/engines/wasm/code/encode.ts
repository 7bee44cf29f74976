// A module as bytes, by the WebAssembly binary format.

import { NeuriteError } from "../../../ir/errors.ts";
import { Bytes } from "./bytes.ts";
import type { Expr, Statement } from "./expr.ts";
import type { FunctionBuilder } from "./function.ts";
import { INSTRUCTIONS, type WasmType } from "./instructions.ts";
import type { ModuleBuilder } from "./module.ts";

const TYPE: Readonly<Record<WasmType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
/** The most pages of 64 KiB that 32-bit addresses reach. */
const MAX_PAGES = 65536;
const NOTHING = 0x40;

/** The finished module, which imports "env" "memory". */
export function encode(module: ModuleBuilder): Uint8Array<ArrayBuffer> {
  const out = new Bytes();
  out.raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
  const refs = [...module.imports, ...module.functions].map(({ ref }) => ref);
  section(out, 1, refs, (bytes, { params, result }) => {
    bytes.raw(0x60);
    bytes.list(params, (type) => bytes.raw(TYPE[type]));
    bytes.list(result ? [result] : [], (type) => bytes.raw(TYPE[type]));
  });
  section(out, 2, [null, ...module.imports], (bytes, imported) => {
    bytes.text("env");
    bytes.text(imported ? imported.field : "memory");
    if (imported)
      bytes.raw(0x00).unsigned(module.indexOf(imported.ref)); // type = its own index
    else if (module.sharedMemory) bytes.raw(0x02, 0x03, 0x00).unsigned(MAX_PAGES);
    else bytes.raw(0x02, 0x00, 0x00);
  });
  section(out, 3, module.functions, (bytes, { ref }) => bytes.unsigned(module.indexOf(ref)));
  section(out, 6, module.globals, (bytes, { global, initial }) => {
    bytes.raw(TYPE[global.type], 0x01);
    constant(bytes, global.type, initial);
    bytes.raw(0x0b);
  });
  section(out, 7, module.exports, (bytes, { name, ref }) => {
    bytes.text(name);
    bytes.raw(0x00).unsigned(module.indexOf(ref));
  });
  section(out, 10, module.functions, (bytes, { builder }) => {
    const body = new Bytes();
    encodeFunction(body, module, builder);
    bytes.unsigned(body.length).append(body);
  });
  return out.finish();
}

function section<T>(
  out: Bytes,
  id: number,
  items: readonly T[],
  write: (bytes: Bytes, item: T) => void,
): void {
  if (items.length === 0) return;
  const bytes = new Bytes();
  bytes.list(items, (item) => write(bytes, item));
  out.raw(id).unsigned(bytes.length).append(bytes);
}

function encodeFunction(out: Bytes, module: ModuleBuilder, f: FunctionBuilder): void {
  out.list(f.locals.slice(f.params.length), ({ type }) => out.raw(0x01, TYPE[type]));
  const statements = (list: readonly Statement[]): void => {
    for (const statement of list) encodeStatement(statement);
  };
  const encodeStatement = (statement: Statement): void => {
    switch (statement.kind) {
      case "do":
        expr(statement.expr);
        return;
      case "set":
        expr(statement.value);
        out.raw(statement.to.kind === "local" ? 0x21 : 0x24).unsigned(statement.to.index);
        return;
      case "if":
        expr(statement.condition);
        out.raw(0x04, NOTHING);
        statements(statement.body);
        if (statement.otherwise.length > 0) {
          out.raw(0x05);
          statements(statement.otherwise);
        }
        out.raw(0x0b);
        return;
      case "loop":
        out.raw(0x03, NOTHING);
        statements(statement.body);
        expr(statement.condition);
        out.raw(0x0d, 0x00, 0x0b); // br_if to the start
        return;
    }
  };
  const expr = (node: Expr): void => {
    switch (node.kind) {
      case "const":
        constant(out, node.type, node.value);
        return;
      case "v128":
        out.raw(0xfd, 0x0c, ...node.bytes);
        return;
      case "get":
        out.raw(node.from.kind === "local" ? 0x20 : 0x23).unsigned(node.from.index);
        return;
      case "call":
        for (const arg of node.args) expr(arg);
        out.raw(0x10).unsigned(module.indexOf(node.target));
        return;
      case "select":
        for (const arg of node.args) expr(arg);
        if (node.type === "v128") out.raw(0x1c, 0x01, TYPE.v128);
        else out.raw(0x1b);
        return;
      case "op":
        for (const arg of node.args) expr(arg);
        encodeOp(out, node);
        return;
    }
  };
  statements(f.body);
  if (f.result) expr(f.result);
  out.raw(0x0b);
}

/** Instructions of memory.copy and memory.fill end with the numbers of the memories. */
const MEMORIES: Readonly<Record<string, number>> = { "memory.copy": 2, "memory.fill": 1 };

function encodeOp(out: Bytes, { op, offset, lanes }: Extract<Expr, { kind: "op" }>): void {
  const { opcode, immediate } = INSTRUCTIONS.get(op)!;
  if (opcode > 0xffff) out.raw(opcode >> 12).unsigned(opcode & 0xfff);
  else if (opcode > 0xff) out.raw(opcode >> 8).unsigned(opcode & 0xff);
  else out.raw(opcode);
  for (let i = 0; i < (MEMORIES[op] ?? 0); i++) out.raw(0x00);
  // Atomic instructions must state their full alignment; for others it is a hint: none.
  if (immediate.startsWith("memory")) out.unsigned(op.includes("atomic") ? 2 : 0).unsigned(offset);
  if (immediate.endsWith("lane")) expectLanes(op, lanes, 1);
  if (immediate === "lanes") expectLanes(op, lanes, 16);
  out.raw(...lanes);
}

function expectLanes(op: string, lanes: readonly number[], count: number): void {
  if (lanes.length !== count) {
    throw new NeuriteError(`wasm: ${op} expects ${count} lane numbers, received ${lanes.length}`);
  }
}

function constant(out: Bytes, type: WasmType, value: number): void {
  if (type === "i32") out.raw(0x41).signed(value | 0);
  else if (type === "i64") out.raw(0x42).signed(value);
  else if (type === "f32") out.raw(0x43).floats(new Float32Array([value]));
  else out.raw(0x44).floats(new Float64Array([value]));
}
