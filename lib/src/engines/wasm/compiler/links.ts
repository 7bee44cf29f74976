// Which values of the graph each line of the stages is about, so that one can be followed through all of them.

import type { Value } from "../../../ir/graph.ts";
import { printedNames } from "../../../ir/print.ts";
import type { Stage } from "../../engine.ts";
import type { Fusion } from "../lower/fusion.ts";
import type { Compilation } from "./compile.ts";
import { controlOf } from "./plan.ts";
import { kernelsOf } from "./tasks.ts";

/** Names of values, as the stage "graph" has them. */
type Names = readonly string[];

const NONE: Names = [];

/** The stages, each line with its values. `arrayName` is what stages call an array. */
export function linked(
  compilation: Compilation,
  arrayName: (buffer: Compilation["plan"]["schedule"]["buffers"][number]) => string,
  stages: readonly Stage[],
): Stage[] {
  const { graph, plan, tasks } = compilation;
  const { fusions, arguments: given } = plan.schedule;
  const names = printedNames(graph);
  const named = (values: readonly Value[]): Names => values.map((value) => names.get(value)!);
  const ofKernel: Names[] = [];
  const ofArray = new Map<string, string[]>();
  const hold = (array: string, more: Names) =>
    ofArray.set(array, [...new Set([...(ofArray.get(array) ?? []), ...more])]);

  given.forEach((buffer, i) => {
    hold(arrayName(buffer), named([graph.inputs[i]!]));
  });
  fusions.forEach((fusion, i) => {
    const computed = named(computedIn(fusion));
    for (const _ of kernelsOf([tasks[i]!])) ofKernel.push(computed);
    for (const { element, buffer } of fusion.stores) {
      const stored = [...fusion.values].filter(([, known]) => known === element);
      hold(arrayName(buffer), named(stored.map(([value]) => value)));
    }
    if (fusion.head.kind !== "special") return;
    const { node, results } = fusion.head;
    node.outputs.forEach((output, k) => {
      if (results[k]) hold(arrayName(results[k]), named([output]));
    });
  });

  const read: Readonly<Record<string, (lines: readonly string[]) => Names[]>> = {
    graph: (lines) => lines.map((line) => (/^(graph\(| {2}%)/.test(line) ? definedIn(line) : NONE)),
    kernels: (lines) => following(lines, (line) => kernelIn(line, ofKernel), ofArray),
    memory: (lines) => lines.map((line) => heldIn(line, ofArray, ofKernel)),
    wasm: (lines) => following(lines, functionsOf(compilation, ofKernel)),
  };
  return stages.map((stage) => ({ ...stage, values: read[stage.name]!(stage.text.split("\n")) }));
}

/** What a fusion computes, and does not only read. */
function computedIn(fusion: Fusion): Value[] {
  const control = controlOf(fusion);
  if (control) return [...control.node.outputs];
  if (fusion.head.kind === "special") return [...fusion.head.node.outputs];
  const inUse = new Set(fusion.elements);
  return [...fusion.values].flatMap(([value, element]) =>
    (element.kind === "op" || element.kind === "head") && inUse.has(element) ? [value] : [],
  );
}

function definedIn(line: string): Names {
  return line.split(" = ")[0]!.match(/%\d+(?=[ :])/g) ?? NONE;
}

function kernelIn(line: string, ofKernel: readonly Names[]): Names | undefined {
  const number = /^\s*kernel (\d+):/.exec(line)?.[1];
  if (number !== undefined) return ofKernel[Number(number)] ?? NONE;
  return /^\s*(barrier|loop|choice|test|first turn|body|if )/.test(line) ? NONE : undefined;
}

/** Each line belongs to the last title; a line that writes an array is about what that holds. */
function following(
  lines: readonly string[],
  titled: (line: string) => Names | undefined,
  ofArray: ReadonlyMap<string, Names> = new Map(),
): Names[] {
  let now = NONE;
  return lines.map((line) => {
    const title = titled(line);
    now = title ?? now;
    const written = title ? undefined : /^\s*(\w+): [^=]* = /.exec(line)?.[1];
    const held = written === undefined ? NONE : (ofArray.get(written) ?? NONE);
    return held.length > 0 ? held.filter((name) => now.includes(name)) : now;
  });
}

function heldIn(
  line: string,
  ofArray: ReadonlyMap<string, Names>,
  ofKernel: readonly Names[],
): Names {
  const alone = /of kernels? (\d+)(?:-(\d+))? alone/.exec(line);
  if (alone) {
    const [first, last = first] = [alone[1]!, alone[2]];
    return [...new Set(ofKernel.slice(Number(first), Number(last) + 1).flat())];
  }
  return ofArray.get(/^\s*\d+ (\w+):/.exec(line)?.[1] ?? "") ?? NONE;
}

/** Functions are written in the order of the kernels, with what they call between them. */
function functionsOf({ tasks, module }: Compilation, ofKernel: readonly Names[]) {
  const kernels = kernelsOf(tasks);
  const values = new Map<string, Names>();
  let next = 0;
  module.functions.forEach(({ builder }) => {
    while (kernels[next]?.units === 0) next += 1;
    const isKernel = kernels[next] && builder.name.replace(/_\d+$/, "") === kernels[next]!.name;
    values.set(builder.name, isKernel ? ofKernel[next]! : NONE);
    if (isKernel) next += 1;
  });
  return (line: string): Names | undefined => {
    const name = /^ {2}\(func \$(\S+)/.exec(line)?.[1];
    if (name !== undefined) return values.get(name) ?? NONE;
    return /^ {2}\((import|global|export)/.test(line) ? NONE : undefined;
  };
}
