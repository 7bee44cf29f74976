// The stages of a compilation as text, for learners and for finding faults.

import type { Node } from "../../../ir/graph.ts";
import { shortest } from "../../../ir/numeral.ts";
import { print } from "../../../ir/print.ts";
import { showShape, stridesOf } from "../../../ir/shape.ts";
import { showType } from "../../../ir/type.ts";
import type { Stage } from "../../engine.ts";
import { moduleText } from "../code/index.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { lifetimes } from "../lower/arena.ts";
import { type Element, elementsBelow } from "../lower/element.ts";
import type { Fusion } from "../lower/fusion.ts";
import type { FusionSchedule } from "../lower/schedule.ts";
import type { Buffer, BufferView } from "../lower/view.ts";
import type { Compilation } from "./compile.ts";
import { linked } from "./links.ts";
import { controlOf, type Plan } from "./plan.ts";
import type { Shares } from "./shares.ts";
import { beforeOf, type ControlTask, kernelsOf, type Task } from "./tasks.ts";

/** The graph, then kernels with what is fused into them and where threads meet, then memory, then the Wasm text. */
export function stagesOf(compilation: Compilation): Stage[] {
  return linked(compilation, namesIn(compilation.plan.schedule), [
    { name: "graph", text: print(compilation.graph) },
    { name: "kernels", text: showKernels(compilation) },
    { name: "memory", text: showMemory(compilation) },
    { name: "wasm", text: moduleText(compilation.module) },
  ]);
}

/** One line a kernel, one for each number that it uses twice, one for each array that it writes. */
function showKernels({ plan, tasks, shares }: Compilation): string {
  const start = shares.work > 0 ? ["barrier"] : [];
  return [...start, ...new Kernels(tasks, shares).lines(plan, tasks, "")].join("\n");
}

class Kernels {
  readonly #shares: Shares;
  readonly #numbers: ReadonlyMap<Kernel, number>;

  constructor(tasks: readonly Task[], shares: Shares) {
    this.#shares = shares;
    this.#numbers = new Map(kernelsOf(tasks).map((kernel, i) => [kernel, i]));
  }

  lines({ schedule, bodies, held }: Plan, tasks: readonly Task[], indent: string): string[] {
    const nameOf = namesIn(schedule);
    return schedule.fusions.flatMap((fusion, i) => {
      const task = tasks[i]!;
      const { barriers } = this.#shares;
      const isKernel = task.kind === "kernel";
      const makes = (held.get(fusion)?.list ?? []).map(({ of }) => `  panels of ${nameOf(of)}`);
      const before = isKernel ? [] : this.#before(fusion, task, nameOf, makes);
      const inside = isKernel ? [] : this.#inside(bodies.get(fusion)!, task, makes, `${indent}  `);
      const title = isKernel ? this.#kernel(task.kernel) : this.#title(task, nameOf, fusion);
      const meet = barriers.has(isKernel ? task.kernel : task) ? ["barrier"] : [];
      const lines = [
        ...before,
        ...meet,
        title,
        ...headLines(fusion, nameOf),
        ...storeLines(fusion, nameOf),
      ];
      return lines.map((line) => indent + line).concat(inside);
    });
  }

  /** @param makes what each kernel makes that is run in the first turn alone */
  #inside(
    plans: readonly Plan[],
    task: ControlTask,
    makes: readonly string[],
    indent: string,
  ): string[] {
    const [first, second] = plans as [Plan, Plan];
    const part = (title: string, plan: Plan, tasks: readonly Task[]) => [
      `${indent}${title}`,
      ...this.lines(plan, tasks, `${indent}  `),
    ];
    switch (task.kind) {
      case "loop":
        return this.lines(first, task.body, indent);
      case "while": {
        const made = task.first.flatMap(({ kernel }, i) => this.#lone(kernel, makes[i]!));
        const start = made.length > 0 ? ["first turn", ...made.map((line) => `  ${line}`)] : [];
        return [
          ...part("test", first, task.test),
          ...start.map((line) => indent + line),
          ...part("body", second, task.body),
        ];
      }
      case "choice":
        return [...part("if true", first, task.ifTrue), ...part("if false", second, task.ifFalse)];
    }
  }

  #kernel(kernel: Kernel): string {
    const { name, units, work } = kernel;
    const split = this.#shares.split.has(kernel) ? ", on all threads" : "";
    const parts = units === 1 ? "1 unit" : `${units} units`;
    return `kernel ${this.#numbers.get(kernel)}: ${name}, ${parts} of work ${work}${split}${panelsOf(kernel)}`;
  }

  #title(task: ControlTask, nameOf: NameOf, fusion: Fusion): string {
    const { operands, results } = controlOf(fusion)!;
    const isSplit = this.#shares.split.has(task);
    switch (task.kind) {
      case "loop": {
        const meet = isSplit ? ", a barrier before each" : "";
        return `loop of ${task.length} iterations${task.reverse ? ", backwards" : ""}${meet}`;
      }
      case "while": {
        const meet = isSplit ? ", a barrier before each test and each look at it" : "";
        return `loop while ${nameOf(results.at(-1)!)}${meet}`;
      }
      case "choice":
        return `choice by ${showView(operands[0]!, nameOf)}${isSplit ? ", on all threads" : ""}`;
    }
  }

  /**
   * The copies of the initial carries, and what else is made before the first turn.
   * @param makes what the kernels behind the copies make
   */
  #before(fusion: Fusion, task: ControlTask, nameOf: NameOf, makes: readonly string[]): string[] {
    const { node, operands, results } = controlOf(fusion)!;
    const constants = node.op === "cond" ? 0 : (node as Node<"scan">).params.constants;
    const kernels = beforeOf(task);
    const copies = kernels.length - (task.kind === "loop" ? makes.length : 0);
    return kernels.flatMap((kernel, i) => {
      if (i >= copies) return this.#lone(kernel, makes[i - copies]!);
      const initial = showView(operands[constants + i]!, nameOf);
      return this.#lone(kernel, `  ${nameOf(results[i]!)}: ${showType(results[i]!)} = ${initial}`);
    });
  }

  /** A kernel that is no fusion, with the barrier before it. */
  #lone(kernel: Kernel, what: string): string[] {
    const meet = this.#shares.barriers.has(kernel) ? ["barrier"] : [];
    return [...meet, this.#kernel(kernel), what];
  }
}

/** Whether it, or panels that it reads, is made more seldom than it is run. */
function panelsOf({ kept, once, isReady }: Kernel): string {
  if (isReady) return ", panels are ready";
  if (!kept) return "";
  return once ? ", once" : ", panels stay";
}

function headLines({ head }: Fusion, nameOf: NameOf): string[] {
  switch (head.kind) {
    case "map":
      return [];
    case "reduce": {
      const formulas = new Formulas([head.element], nameOf, "e");
      const what = formulas.show(head.element);
      return [
        ...formulas.shared(),
        `  head = ${head.op} over ${showShape(head.reduced)} of ${what}`,
      ];
    }
    case "contraction":
      return [
        `  head = ${head.node.op}(${head.operands.map((view) => showView(view, nameOf)).join(", ")})`,
      ];
    case "special": {
      const results = head.results.map((buffer) => `${nameOf(buffer)}: ${showType(buffer)}`);
      const operands = head.operands.map((view) => showView(view, nameOf));
      return [`  ${results.join(", ")} = ${head.node.op}(${operands.join(", ")})`];
    }
  }
}

function storeLines({ stores }: Fusion, nameOf: NameOf): string[] {
  const formulas = new Formulas(
    stores.map(({ element }) => element),
    nameOf,
  );
  const results = stores.map(
    ({ element, buffer }) => `  ${nameOf(buffer)}: ${showType(buffer)} = ${formulas.show(element)}`,
  );
  return [...formulas.shared(), ...results];
}

/** Elements as formulas; what occurs more than once has a name. */
class Formulas {
  readonly #names = new Map<Element, string>();
  readonly #nameOf: NameOf;

  /** @param letter what names begin with: a kernel's head and its results have names of their own */
  constructor(roots: readonly Element[], nameOf: NameOf, letter = "x") {
    this.#nameOf = nameOf;
    const uses = new Map<Element, number>();
    const use = (element: Element) => uses.set(element, (uses.get(element) ?? 0) + 1);
    const all = elementsBelow(roots);
    roots.forEach(use);
    for (const element of all) if (element.kind === "op") element.args.forEach(use);
    for (const element of all) {
      if (element.kind === "op" && uses.get(element)! > 1) {
        this.#names.set(element, `${letter}${this.#names.size}`);
      }
    }
  }

  /** The lines that say what the names stand for. */
  shared(): string[] {
    return [...this.#names].map(([element, name]) => `  ${name} = ${this.#formula(element)}`);
  }

  show(element: Element): string {
    return this.#names.get(element) ?? this.#formula(element);
  }

  #formula(element: Element): string {
    switch (element.kind) {
      case "load":
        return showView(element.view, this.#nameOf);
      case "number":
        return String(shortest(element.value, element.dtype));
      case "index":
        return `index${showStrides(element.view.strides)}`;
      case "head":
        return "head";
      case "op":
        return `${element.op}(${element.args.map((arg) => this.show(arg)).join(", ")})`;
    }
  }
}

/** The array, and the strides in which it is seen where these are not its own. */
function showView({ buffer, shape, strides, offset }: BufferView, nameOf: NameOf): string {
  const own = stridesOf(shape);
  const same = strides.every((stride, axis) => stride === own[axis] || shape[axis] === 1);
  const start = offset === 0 ? "" : ` from ${offset}`;
  return `${nameOf(buffer)}${same ? "" : showStrides(strides)}${start}`;
}

function showStrides(strides: readonly number[]): string {
  return `{${strides.join(", ")}}`;
}

type NameOf = (buffer: Buffer) => string;

/** What the stages call an array: by its home, or by its number. */
function namesIn({ homes }: FusionSchedule): NameOf {
  return (buffer) => {
    const home = homes.get(buffer);
    return home ? `${home.kind}${home.index}` : `array${buffer.id}`;
  };
}

/** One line an array of the arena: where it lies, and the kernels between which it is needed. */
function showMemory({ plan: { schedule, arena }, constants, tasks }: Compilation): string {
  const spans = spansOf(tasks);
  const last = spans.length - 1;
  const nameOf = namesIn(schedule);
  const lines = [...lifetimes(schedule)].map(([buffer, life]) => {
    const first = spans[Math.max(0, life.first)]?.first ?? 0;
    const end = spans[Math.min(last, life.last)]?.last ?? 0;
    const from = arena.offsets.get(buffer)!;
    return `${String(from).padStart(8)} ${nameOf(buffer)}: ${showType(buffer)}  kernels ${first}-${end}`;
  });
  const own = arena.scratch.flatMap((from, i) => {
    if (from < 0) return [];
    const { first, last } = spans[i]!;
    const whose = tasks[i]!.kind !== "kernel" ? `kernels ${first}-${last}` : `kernel ${first}`;
    return [`${String(from).padStart(8)} of ${whose} alone`];
  });
  return [
    `${arena.bytes} bytes of arena, ${constants.bytes} bytes of constants`,
    ...[...lines, ...own].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  ].join("\n");
}

/** The numbers of the first and the last kernel of each task, as the stage "kernels" counts them. */
function spansOf(tasks: readonly Task[]): { readonly first: number; readonly last: number }[] {
  let next = 0;
  return tasks.map((task) => {
    const first = next;
    next += kernelsOf([task]).length;
    return { first, last: next - 1 };
  });
}
