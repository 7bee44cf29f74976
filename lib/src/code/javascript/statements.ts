// A graph as statements of JavaScript: one a node, loops as calls of functions that are written before.

import { ArgumentError } from "../../checks/errors.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import { sizeOf } from "../../ir/shape.ts";
import { constantCode } from "./constants.ts";
import { ARRAYS, loweringOf, readsByElement } from "./lowerings.ts";

/** What a module is put together from. */
export class ModuleWriter {
  /** Weights and other constants, each a statement. */
  readonly constants: string[] = [];
  /** Functions for the bodies of loops. */
  readonly functions: string[] = [];
  readonly helpers: Set<string> = new Set();
  readonly #caller: string;
  readonly #named: ReadonlyMap<ArrayLike<number>, string>;
  readonly #taken = new Set<string>();
  readonly #written = new Map<ArrayLike<number>, string>();

  /** @param named names of weights by their numbers, as "dense1/w" */
  constructor(caller: string, named: ReadonlyMap<ArrayLike<number>, string>) {
    this.#caller = caller;
    this.#named = named;
  }

  /** A function of the graph's inputs that gives a list of its outputs. @throws ArgumentError for an op that has no like */
  function(name: string, graph: Graph): string {
    const names = new Map<Value, string>();
    const inputs = graph.inputs.map((value, i) => {
      names.set(value, `x${i + 1}`);
      return `x${i + 1}`;
    });
    const lines: string[] = [];
    const alike = alikeIn(graph);
    for (const node of graph.nodes) {
      if (alike.has(node)) names.set(node.outputs[0]!, `${names.get(node.inputs[0]!)!}[0]`);
      else this.#statement(node, names, lines);
    }
    const outputs = graph.outputs.map((value) => names.get(value)!);
    return [
      `function ${name}(${inputs.join(", ")}) {`,
      ...lines.map((line) => `  ${line}`),
      `  return [${outputs.join(", ")}];`,
      "}",
    ].join("\n");
  }

  #statement(node: Node, names: Map<Value, string>, lines: string[]): void {
    const operands = node.inputs.map((value) => names.get(value)!);
    if (node.op === "constant") {
      names.set(node.outputs[0]!, this.#constant(node as Node<"constant">));
      return;
    }
    const fresh = () => `v${lines.length + 1}`;
    const many = this.#many(node, operands);
    if (many !== null) {
      const own = node.outputs.map((output, i) => {
        const name = `${fresh()}_${i + 1}`;
        names.set(output, name);
        return name;
      });
      lines.push(`const [${own.join(", ")}] = ${many};`);
      return;
    }
    const lower = loweringOf(node);
    if (!lower) {
      throw new ArgumentError(
        `${this.#caller}: the network computes "${node.op}", which is not written in JavaScript`,
      );
    }
    const { params, inputs } = node;
    const code = lower({ node, params, inputs, names: operands, use: (name) => this.#use(name) });
    if (operands.includes(code)) {
      names.set(node.outputs[0]!, code);
      return;
    }
    const name = fresh();
    names.set(node.outputs[0]!, name);
    lines.push(`const ${name} = ${code};${shapeNote(node)}`);
  }

  /** The call of a node that holds graphs; null for any other. */
  #many(node: Node, operands: readonly string[]): string | null {
    const list = (names: readonly string[]) => `[${names.join(", ")}]`;
    if (node.op === "scan") {
      const { body, constants, carries, length, reverse } = (node as Node<"scan">).params;
      const parts = [
        operands.slice(0, constants),
        operands.slice(constants, constants + carries),
        operands.slice(constants + carries),
      ].map(list);
      const results = body.outputs
        .slice(carries)
        .map(({ type }) => `[${ARRAYS[type.dtype]}, ${sizeOf(type.shape)}]`);
      return `${this.#use("scan")}(${[this.#inner(body), ...parts, length, reverse, list(results)].join(", ")})`;
    }
    if (node.op === "whileLoop") {
      const { condition, body, constants } = (node as Node<"whileLoop">).params;
      const parts = [operands.slice(0, constants), operands.slice(constants)].map(list);
      const steps = [condition, body].map((graph) => this.#inner(graph));
      return `${this.#use("repeat")}(${[...steps, ...parts].join(", ")})`;
    }
    if (node.op === "cond") {
      const { ifTrue, ifFalse } = (node as Node<"cond">).params;
      const [predicate, ...given] = operands;
      const branches = [ifTrue, ifFalse].map((graph) => this.#inner(graph));
      return `(${predicate}[0] ? ${branches.join(" : ")})(${given.join(", ")})`;
    }
    return null;
  }

  #inner(graph: Graph): string {
    const name = this.#free("step");
    this.functions.push(this.function(name, graph));
    return name;
  }

  #constant({ params }: Node<"constant">): string {
    const { data, dtype, shape } = params;
    const known = this.#written.get(data);
    if (known) return known;
    const [weight, path] = this.#weightOf(data) ?? [];
    const name = this.#free(path ?? "c");
    for (const numbers of [data, weight ?? data]) this.#written.set(numbers, name);
    const note = path === undefined ? "" : `// ${path} [${shape.join(", ")}]\n`;
    const code = constantCode(ARRAYS[dtype], data, (helper) => this.#use(helper));
    this.constants.push(`${note}const ${name} = ${code};`);
    return name;
  }

  /** The weight that some numbers are, in another shape too, with its name. */
  #weightOf(data: ArrayLike<number>): readonly [numbers: ArrayLike<number>, path: string] | null {
    const exact = this.#named.get(data);
    if (exact !== undefined) return [data, exact];
    const isSame = (other: ArrayLike<number>) =>
      !this.#written.has(other) &&
      other.length === data.length &&
      Array.prototype.every.call(other, (value, i) => Object.is(value, data[i]));
    return [...this.#named].find(([other]) => isSame(other)) ?? null;
  }

  #use(helper: string): string {
    this.helpers.add(helper);
    return helper;
  }

  /** A name that nothing else has, of a path if it is one. */
  #free(wanted: string): string {
    const stem = wanted.replaceAll(/[^A-Za-z0-9]+/g, "_");
    let name = wanted.includes("/") ? `w_${stem}` : `${stem}1`;
    for (let i = 2; this.#taken.has(name); i++) name = `${stem}${i}`;
    this.#taken.add(name);
    return name;
  }
}

/** Nodes that make many of one number for ops that go element by element: these read the one. */
function alikeIn({ nodes, outputs }: Graph): Set<Node> {
  const readers = new Map<Value, Node[]>();
  for (const node of nodes) {
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  const isAlike = ({ op, inputs, outputs: [made] }: Node) =>
    op === "expand" &&
    sizeOf(inputs[0]!.type.shape) === 1 &&
    !outputs.includes(made!) &&
    (readers.get(made!) ?? []).every((reader) => readsByElement(reader.op));
  return new Set(nodes.filter(isAlike));
}

function shapeNote({ outputs }: Node): string {
  return ` // [${outputs[0]!.type.shape.join(", ")}]`;
}
