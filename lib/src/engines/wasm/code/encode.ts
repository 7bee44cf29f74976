// A module as bytes, by the WebAssembly binary format.

import { NeuriteError } from "../../../checks/errors.ts";
import { ByteWriter } from "./bytes.ts";
import type { CodeStatement, Expr, Local } from "./expr.ts";
import type { FunctionBuilder } from "./function.ts";
import type { WasmType } from "./instructions.ts";
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

type Instructed = Extract<Expr, { kind: "op" }>;

/** The finished module, which imports "env" "memory". */
export function encode(module: ModuleBuilder): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.raw([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  const refs = [...module.imports, ...module.functions].map(({ ref }) => ref);
  section(out, 1, refs, (bytes, { params, result }) => {
    bytes.byte(0x60);
    bytes.list(params, (type) => bytes.byte(TYPE[type]));
    bytes.list(result ? [result] : [], (type) => bytes.byte(TYPE[type]));
  });
  section(out, 2, [null, ...module.imports], (bytes, imported) => {
    bytes.text("env");
    bytes.text(imported ? imported.field : "memory");
    if (imported)
      bytes.byte(0x00).unsigned(module.indexOf(imported.ref)); // type = its own index
    else if (module.sharedMemory) bytes.raw([0x02, 0x03, 0x00]).unsigned(MAX_PAGES);
    else bytes.raw([0x02, 0x00, 0x00]);
  });
  section(out, 3, module.functions, (bytes, { ref }) => bytes.unsigned(module.indexOf(ref)));
  section(out, 6, module.globals, (bytes, { global, initial }) => {
    bytes.byte(TYPE[global.type]).byte(0x01);
    constant(bytes, global.type, initial);
    bytes.byte(0x0b);
  });
  section(out, 7, module.exports, (bytes, { name, ref }) => {
    bytes.text(name);
    bytes.byte(0x00).unsigned(module.indexOf(ref));
  });
  const body = new ByteWriter();
  section(out, 10, module.functions, (bytes, { builder }) => {
    encodeFunction(body.clear(), module, builder);
    bytes.unsigned(body.length).append(body);
  });
  return out.finish();
}

function section<T>(
  out: ByteWriter,
  id: number,
  items: readonly T[],
  write: (bytes: ByteWriter, item: T) => void,
): void {
  if (items.length === 0) return;
  const bytes = new ByteWriter();
  bytes.list(items, (item) => write(bytes, item));
  out.byte(id).unsigned(bytes.length).append(bytes);
}

function encodeFunction(out: ByteWriter, module: ModuleBuilder, f: FunctionBuilder): void {
  out.list(runsOf(f.locals.slice(f.params.length)), ({ type, count }) =>
    out.unsigned(count).byte(TYPE[type]),
  );
  const statements = (list: readonly CodeStatement[]): void => {
    for (const statement of list) encodeStatement(statement);
  };
  const encodeStatement = (statement: CodeStatement): void => {
    switch (statement.kind) {
      case "set":
        expr(statement.value);
        out.byte(statement.to.kind === "local" ? 0x21 : 0x24).unsigned(statement.to.index);
        return;
      case "do":
        expr(statement.expr);
        return;
      case "if":
        expr(statement.condition);
        out.byte(0x04).byte(NOTHING);
        statements(statement.body);
        if (statement.otherwise.length > 0) {
          out.byte(0x05);
          statements(statement.otherwise);
        }
        out.byte(0x0b);
        return;
      case "loop":
        out.byte(0x03).byte(NOTHING);
        statements(statement.body);
        expr(statement.condition);
        out.byte(0x0d).byte(0x00).byte(0x0b); // br_if to the start
        return;
    }
  };
  const expr = (node: Expr): void => {
    switch (node.kind) {
      case "get":
        out.byte(node.from.kind === "local" ? 0x20 : 0x23).unsigned(node.from.index);
        return;
      case "op":
        for (const arg of node.args) expr(arg);
        encodeOp(out, node);
        return;
      case "const":
        constant(out, node.type, node.value);
        return;
      case "v128":
        out.byte(0xfd).byte(0x0c);
        for (const word of node.words) out.word(word);
        return;
      case "call":
        for (const arg of node.args) expr(arg);
        out.byte(0x10).unsigned(module.indexOf(node.target));
        return;
      case "select":
        for (const arg of node.args) expr(arg);
        if (node.type === "v128") out.byte(0x1c).byte(0x01).byte(TYPE.v128);
        else out.byte(0x1b);
        return;
    }
  };
  statements(f.body);
  if (f.result) expr(f.result);
  out.byte(0x0b);
}

/** Locals as the format declares them: a count and a type, for each run of one type. */
function runsOf(locals: readonly Local[]): { type: WasmType; count: number }[] {
  const runs: { type: WasmType; count: number }[] = [];
  for (const { type } of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return runs;
}

function encodeOp(out: ByteWriter, { op, instruction, offset, lanes }: Instructed): void {
  const { prefix, opcode, alignment, lanes: count, memories } = instruction;
  if (prefix === 0) out.byte(opcode);
  else out.byte(prefix).unsigned(opcode);
  for (let i = 0; i < memories; i++) out.byte(0x00);
  if (alignment !== null) out.byte(alignment).unsigned(offset);
  if (count === 0) return;
  expectLanes(op, lanes, count);
  for (const lane of lanes) out.byte(lane);
}

function expectLanes(op: string, lanes: readonly number[], count: number): void {
  if (lanes.length !== count) {
    throw new NeuriteError(`wasm: ${op} expects ${count} lane numbers, received ${lanes.length}`);
  }
}

function constant(out: ByteWriter, type: WasmType, value: number): void {
  if (type === "i32") out.byte(0x41).signed(value | 0);
  else if (type === "i64") out.byte(0x42).signed(value);
  else if (type === "f32") out.byte(0x43).floats(new Float32Array([value]));
  else out.byte(0x44).floats(new Float64Array([value]));
}
