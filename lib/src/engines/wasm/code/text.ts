// A module as WebAssembly text, for people.

import type { CodeStatement, Expr } from "./expr.ts";
import type { FunctionBuilder } from "./function.ts";
import type { ModuleBuilder } from "./module.ts";

const WIDTH = 100;

/** The module in the folded text format; locals are named by what they hold and their number. */
export function moduleText(module: ModuleBuilder): string {
  const memory = module.sharedMemory ? "(memory 0 65536 shared)" : "(memory 0)";
  const lines = ["(module", `  (import "env" "memory" ${memory})`];
  for (const { ref, field } of module.imports) {
    lines.push(`  (import "env" "${field}" (func $${field}${signature(ref.params, ref.result)}))`);
  }
  for (const { global, initial } of module.globals) {
    lines.push(`  (global $${global.name} (mut ${global.type}) (${global.type}.const ${initial}))`);
  }
  for (const { builder, ref } of module.functions) {
    for (const line of functionText(builder, ref.result)) lines.push(`  ${line}`);
  }
  for (const { name, ref } of module.exports) {
    lines.push(`  (export "${name}" (func $${ref.name}))`);
  }
  return `${lines.join("\n")})\n`;
}

function signature(params: readonly string[], result: string | null): string {
  const taken = params.length > 0 ? ` (param ${params.join(" ")})` : "";
  return taken + (result ? ` (result ${result})` : "");
}

function functionText(f: FunctionBuilder, result: string | null): string[] {
  const params = f.params.map((local) => ` (param ${variable(local)} ${local.type})`).join("");
  return closed([
    `(func $${f.name}${params}${result ? ` (result ${result})` : ""}`,
    ...f.locals.slice(f.params.length).map((local) => `  (local ${variable(local)} ${local.type})`),
    ...blockText(f.body, 1),
    ...(f.result ? exprText(f.result, 1) : []),
  ]);
}

/** The lines with one more bracket behind the last. */
function closed(lines: string[]): string[] {
  lines[lines.length - 1] += ")";
  return lines;
}

function statementText(statement: CodeStatement, depth: number): string[] {
  const indent = "  ".repeat(depth);
  switch (statement.kind) {
    case "do":
      return exprText(statement.expr, depth);
    case "set": {
      const to = variable(statement.to);
      return wrap(`${statement.to.kind}.set ${to}`, [statement.value], depth);
    }
    case "if": {
      const then = closed([`${indent}  (then`, ...blockText(statement.body, depth + 2)]);
      const otherwise =
        statement.otherwise.length > 0
          ? closed([`${indent}  (else`, ...blockText(statement.otherwise, depth + 2)])
          : [];
      const condition = exprText(statement.condition, depth + 1);
      return closed([`${indent}(if`, ...condition, ...then, ...otherwise]);
    }
    case "loop": {
      const again = wrap("br_if $again", [statement.condition], depth + 1);
      return closed([`${indent}(loop $again`, ...blockText(statement.body, depth + 1), ...again]);
    }
  }
}

function blockText(block: readonly CodeStatement[], depth: number): string[] {
  return block.flatMap((statement) => statementText(statement, depth));
}

function exprText(expr: Expr, depth: number): string[] {
  switch (expr.kind) {
    case "const":
      return wrap(`${expr.type}.const ${number(expr.value)}`, [], depth);
    case "v128":
      return wrap(`v128.const i32x4 ${expr.words.join(" ")}`, [], depth);
    case "get":
      return wrap(`${expr.from.kind}.get ${variable(expr.from)}`, [], depth);
    case "call":
      return wrap(`call $${expr.target.name}`, expr.args, depth);
    case "select":
      return wrap("select", expr.args, depth);
    case "op": {
      const offset = expr.offset === 0 ? "" : ` offset=${expr.offset}`;
      const lanes = expr.lanes.map((lane) => ` ${lane}`).join("");
      return wrap(`${expr.op}${offset}${lanes}`, expr.args, depth);
    }
  }
}

/** One line where it fits, else each operand on lines of its own. */
function wrap(head: string, args: readonly Expr[], depth: number): string[] {
  const indent = "  ".repeat(depth);
  const inner = args.map((arg) => exprText(arg, depth + 1));
  const short = inner.every((lines) => lines.length === 1);
  const line = `${indent}(${[head, ...inner.map((lines) => lines[0]!.trim())].join(" ")})`;
  if (short && line.length <= WIDTH) return [line];
  return closed([`${indent}(${head}`, ...inner.flat()]);
}

function variable({ kind, name, index }: { kind: string; name: string; index: number }): string {
  return kind === "local" ? `$${name}${index}` : `$${name}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}
