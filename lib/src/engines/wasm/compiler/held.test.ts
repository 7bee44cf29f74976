// What a loop holds: whose memory it is, when it is made, and that all threads wait for it.

import { expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { drawDirection } from "../../../ops/samples.testing.ts";
import { encode, ModuleBuilder, op } from "../code/index.ts";
import type { CompileTarget, Kernel } from "../kernels/kernel.ts";
import { IN_ORDER } from "../kernels/tile/tiles.ts";
import { EngineMemory, newMemory } from "../memory/memory.ts";
import { type AddressRange, type ArrayPlace, addressRangeOf } from "../memory/place.ts";
import { writeRun } from "./assemble.ts";
import { type Compilation, compileGraph } from "./compile.ts";
import { HeldArrays } from "./held.ts";
import { importsOf } from "./imports.ts";
import { beforeOf, type ControlTask, innerTasks, kernelsOf, type Task } from "./tasks.ts";

const o = graphBuilder();
const memory = new EngineMemory(newMemory());
const sharing = { threads: 2, control: 0, leastWork: 0, leastWorkPerByte: 0 };
const alone: CompileTarget = { relaxed: false, tiles: IN_ORDER };
const compile = (graph: Graph, target = alone) =>
  compileGraph(graph, { reads: [], writes: [] }, target, memory);

const ROWS = { dtype: "float32", shape: [40, 80] } as const;
const WEIGHTS = { dtype: "float32", shape: [80, 80] } as const;
const int = (x: number) => o.constant({ data: Int32Array.of(x), dtype: "int32", shape: [] });

/** h after a step with each of the weights; temporaries come and go in it. */
function stepOf(h: Value, weights: readonly Value[]): Value {
  return weights.reduce((now, w) => {
    const y = o.matmul(now, w);
    const sums = o.reshape(o.sum(y, { axes: [0] }), { shape: [1, 80] });
    return o.tanh(o.sub(y, o.expand(sums, { shape: ROWS.shape })));
  }, h);
}

/** A loop in a loop; some weights change from turn to turn of the outer one. */
function loops(): Graph {
  const [h, w, v, slice] = [ROWS, WEIGHTS, WEIGHTS, WEIGHTS].map((type) => new Value(type)) as [
    Value,
    Value,
    Value,
    Value,
  ];
  const [a, b, c] = [WEIGHTS, WEIGHTS, ROWS].map((type) => new Value(type)) as [
    Value,
    Value,
    Value,
  ];
  const inner = makeGraph([a, b, c], [stepOf(c, [a, b])]);
  const params = { body: inner, constants: 2, carries: 1, length: 3, reverse: false };
  const [next] = o.scan(w, slice, stepOf(h, [v]), params) as [Value];
  const body = makeGraph([w, v, h, slice], [next]);
  const given = [WEIGHTS, WEIGHTS, ROWS, { ...WEIGHTS, shape: [2, 80, 80] }].map(
    (type) => new Value(type),
  );
  const outer = { body, constants: 2, carries: 1, length: 2, reverse: false };
  return makeGraph(given, o.scan(...given, outer));
}

/** So many turns as the second argument says. */
function counted(): Graph {
  const inside = () => [
    new Value(WEIGHTS),
    new Value({ dtype: "int32", shape: [] }),
    new Value({ dtype: "int32", shape: [] }),
    new Value(ROWS),
  ];
  const [test, body] = [inside(), inside()] as [Value[], Value[]];
  const [w, , i, h] = body as [Value, Value, Value, Value];
  const params = {
    condition: makeGraph(test, [o.lt(test[2]!, test[1]!)]),
    body: makeGraph(body, [o.add(i, int(1)), stepOf(h, [w])]),
    constants: 2,
  };
  const [weights, end, , start] = inside() as [Value, Value, Value, Value];
  const [, last] = o.whileLoop(weights, end, int(0), start, params) as [Value, Value];
  return makeGraph([weights, end, start], [last]);
}

const controlsIn = (tasks: readonly Task[]): ControlTask[] =>
  tasks.flatMap((task) => (task.kind === "kernel" ? [] : [task, ...controlsIn(innerTasks(task))]));

const isMaker = ({ name }: Kernel) => name === "panels";

/** What makes what a loop holds. */
function makersOf(task: ControlTask): Kernel[] {
  const first = task.kind === "while" ? task.first.map(({ kernel }) => kernel) : [];
  return [...beforeOf(task), ...first].filter(isMaker);
}

/** All memory that tasks write, that of kernels alone included. */
const writtenBy = (tasks: readonly Task[]): AddressRange[] =>
  tasks.flatMap((task) => {
    if (task.kind !== "kernel") {
      const before = beforeOf(task).flatMap(({ writes }) => writes.map(addressRangeOf));
      return [...before, ...writtenBy(innerTasks(task))];
    }
    const own: readonly ArrayPlace[] = task.scratch ? [task.scratch] : [];
    return [...task.kernel.writes, ...own].map(addressRangeOf);
  });

const meet = (a: AddressRange, b: AddressRange) => a.from < b.to && b.from < a.to;

test.each<[string, Graph, held: readonly number[]]>([
  ["a loop in a loop", loops(), [2, 1]],
  ["a loop that counts", counted(), [1]],
])("%s: nothing else is written where panels are", (_, graph, held) => {
  const { tasks } = compile(graph);
  const controls = controlsIn(tasks);
  expect(controls.map((task) => makersOf(task).length)).toEqual(held);
  for (const task of controls) {
    const makers = makersOf(task);
    const panels = makers.map(({ writes }) => addressRangeOf(writes[0]!));
    const others = innerTasks(task).filter(
      (inner) => inner.kind !== "kernel" || !makers.includes(inner.kernel),
    );
    const ranges = [
      ...writtenBy(others),
      ...beforeOf(task)
        .filter((kernel) => !isMaker(kernel))
        .flatMap(({ writes }) => writes.map(addressRangeOf)),
    ];
    expect(ranges.length).toBeGreaterThan(3);
    panels.forEach((own, i) => {
      expect(own.to - own.from).toBeGreaterThanOrEqual(4 * 80 * 80);
      for (const range of ranges) expect(meet(own, range)).toBe(false);
      for (const other of panels.slice(i + 1)) expect(meet(own, other)).toBe(false);
      // And somebody reads it.
      const readers = kernelsOf(innerTasks(task)).filter(({ reads }) =>
        reads.some((place) => addressRangeOf(place).from === own.from),
      );
      expect(readers).toHaveLength(1);
      expect(readers[0]!.isReady).toBe(true);
    });
  }
});

test("the arena has room for it", () => {
  const { plan, scratch } = compile(loops());
  const [fusion] = [...plan.held.keys()];
  const held = plan.held.get(fusion!)!;
  expect(held.list).toHaveLength(2);
  expect(held.bytes).toBeGreaterThanOrEqual(2 * 4 * 80 * 80);
  const [inner] = plan.bodies.get(fusion!)!;
  const index = plan.schedule.fusions.indexOf(fusion!);
  expect(plan.scratch[index]).toBe(held.bytes + inner!.arena.bytes);
  expect(scratch.to - scratch.from).toBeGreaterThanOrEqual(plan.scratch[index]!);
});

/** A program that can be run, and how often its threads have met. */
function runnable(compilation: Compilation, target: CompileTarget) {
  const module = new ModuleBuilder({ sharedMemory: memory.isShared });
  for (const { global, initial } of compilation.module.globals)
    module.global(global.name, global.type as "i32", initial);
  const met = module.global("met", "i32");
  const params = ["thread", "threads"].map((name) => ({ name, type: "i32" }) as const);
  writeRun(module, compilation.tasks, target, () =>
    module.function("barrier", params, null, (f) => f.set(met, op("i32.add", met, 1))),
  );
  const asked = module.function("asked", [], "i32", (f) => {
    f.result = op("i32.add", met, 0);
  });
  module.export("asked", asked);
  const code = new WebAssembly.Module(encode(module));
  const { exports } = new WebAssembly.Instance(code, importsOf(module, memory.memory));
  return exports as unknown as {
    run(times: number, thread: number, threads: number): void;
    asked(): number;
  };
}

/** Runs a loop for so many turns: the part of the first of several threads, which does all tests. */
function turns(target: CompileTarget, wanted: number, threads: number) {
  const compilation = compile(counted(), target);
  const { run, asked } = runnable(compilation, target);
  const { plan, place, tasks } = compilation;
  plan.schedule.arguments.forEach((buffer, i) => {
    const { address } = place(buffer);
    const data = i === 1 ? Int32Array.of(wanted) : drawDirection(buffer, i).data;
    memory.view(buffer.dtype, address, data.length).set(data);
  });
  const [maker] = controlsIn(tasks).flatMap(makersOf) as [Kernel];
  const { from, to } = addressRangeOf(maker.writes[0]!);
  const panels = memory.view("uint8", from, to - from).fill(7);
  run(1, 0, threads);
  return { met: asked(), isMade: panels.some((byte) => byte !== 7) };
}

test("a loop that takes no turn makes nothing", () => {
  for (const target of [alone, { ...alone, sharing }]) {
    expect(turns(target, 0, 1).isMade).toBe(false);
    expect(turns(target, 1, 1).isMade).toBe(true);
  }
});

test("threads meet once more where the first turn has made something", () => {
  const target = { ...alone, sharing };
  const [none, one, two, three] = [0, 1, 2, 3].map((wanted) => turns(target, wanted, 2).met);
  const each = three! - two!;
  expect(each).toBeGreaterThan(2);
  expect(two! - one!).toBe(each);
  expect(one! - none!).toBe(each + 1);
});

test("of one array in one way there is one; what is too large is not held", () => {
  const array = { id: 0, dtype: "float32", shape: [8], bytes: 32 } as const;
  const other = { ...array, id: 1 };
  const held = new HeldArrays();
  const panels = held.find(array, "panels", 1000)!;
  expect(held.find(array, "panels", 1000)).toBe(panels);
  expect(held.find(array, "turned", 500)).not.toBe(panels);
  expect(held.find(other, "panels", 1000)).not.toBe(panels);
  expect(held.find(other, "all", 2 ** 28)).toBeNull();
  expect(held.list.map(({ of }) => of)).toEqual([array, array, other]);
  const addresses = [...held.addresses(4096).values()];
  expect(addresses[0]).toBe(4096);
  expect(addresses[1]! - addresses[0]!).toBeGreaterThanOrEqual(1000 + 64);
  expect(4096 + held.bytes - addresses[2]!).toBeGreaterThanOrEqual(1000 + 64);
});
