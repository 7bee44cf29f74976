// compile: a function is traced once for each kind of arguments, and run as one program from then on.

import {
  anything,
  count,
  expectArgument,
  expectOptions,
  flag,
  func,
  type Kinds,
} from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { notFetched } from "../../checks/not-fetched.ts";
import { signature } from "../../checks/signature.ts";
import type { Engine, Program, Stage } from "../../engines/engine.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { current } from "../interpreter/current.ts";
import { explained } from "../interpreter/explained.ts";
import { Trace, type TraceState } from "../interpreter/trace.ts";
import { runTrace } from "../interpreter/tracing.ts";
import type { Variable } from "../state/variable.ts";
import { elementsOf, Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, Identities, type TreeFunction } from "../values/tree.ts";
import type { expectFiniteOutputs } from "./finite.ts";

/** Options of compile(). */
export interface CompileOptions {
  /** How many kinds of arguments to keep programs for; the least recently used goes first. */
  readonly cacheSize?: number;
  /**
   * Stop with a NumberError when a float result or a new variable value is NaN or infinite: the call
   * is replayed op by op to name the first op that made one, and variables keep their old values.
   */
  readonly finite?: boolean;
}

const COMPILE: Kinds<CompileOptions> = { cacheSize: count, finite: flag };

/** A compiled function, and how to look at what it runs. */
export type Compiled<F extends TreeFunction> = F & {
  /** The graph that would run for these arguments. */
  readonly graph: (...args: Parameters<F>) => Graph;
  /** What the engine made of that graph, stage by stage; empty where it has no stages to show. */
  readonly stages: (...args: Parameters<F>) => readonly Stage[];
  /** How many programs the cache holds. */
  readonly cached: () => number;
  /**
   * Runs `times` steps in one call of the program, with the same arguments while variables move on,
   * and returns what the last step gave. Much faster than a loop where steps are short.
   * @throws ArgumentError unless times is a whole number above 0
   */
  readonly repeat: (times: number, ...args: Parameters<F>) => ReturnType<F>;
};

interface Entry {
  readonly program: Program;
  readonly outputs: Flat;
  readonly captured: readonly Tensor[];
  readonly reads: readonly Variable[];
  readonly writes: readonly Variable[];
  readonly gradients: readonly Variable[];
}

/** What looks for the op that made a NaN: there where an entry point brought it. */
let checkFinite: typeof expectFiniteOutputs | null = null;

/** From now on programs can be asked to look for it. */
export function bringFinite(check: typeof expectFiniteOutputs): void {
  checkFinite = check;
}

const checkCompile = signature<typeof compile>("compile(f, { cacheSize, finite })", func, anything);

/**
 * `f` as one program for each combination of argument types. Arguments and results are nested records
 * of tensors; other leaves (numbers, strings) are fixed when traced, and traced anew when they
 * differ: so pass a number that changes at every call as a tensor. Variables may be read, assigned
 * and given gradients. Called while tracing or recording, the function is inlined.
 */
export function compile<F extends TreeFunction>(f: F, options: CompileOptions = {}): Compiled<F> {
  checkCompile(arguments);
  expectOptions("compile", options, COMPILE);
  const { cacheSize = 64, finite = false } = options;
  if (finite && !checkFinite) throw notFetched("compile: finite", "neurite");
  const cache = new Map<string, Entry>();
  const identities = new Identities();
  const { engine } = current;

  const entryFor = (flat: Flat): Entry => {
    const known = cache.get(flat.key);
    cache.delete(flat.key); // to set it again as the newest
    const entry = known ?? makeEntry(f, flat, engine);
    if (entry.captured.length > 0) return entry; // captured tensors belong to this call: not cacheable
    cache.set(flat.key, entry);
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
    return entry;
  };

  /** The program for these arguments, or null where the function must be inlined. */
  const entryToRun = (flat: Flat): Entry | null => {
    if (current.trace) return null;
    if (current.recording && flat.leaves.some((leaf) => leaf.tracked)) return null;
    const entry = entryFor(flat);
    // What the function took from outside may belong to a running differentiation, too.
    return current.recording && entry.captured.some((tensor) => tensor.tracked) ? null : entry;
  };

  const repeat = (times: number, ...args: unknown[]): unknown => {
    expectArgument("repeat", "times", times, count);
    const flat = flattenTree(args, identities);
    const entry = entryToRun(flat);
    if (!entry) return lastOf(times, () => f(...args));
    const inputs = [...flat.leaves, ...entry.captured].map(elementsOf);
    const arrays = finite
      ? lastOf(times, () => runFinite(entry, inputs))
      : entry.program.run(inputs, times);
    return finish(entry, arrays);
  };
  return Object.assign(((...args: unknown[]) => repeat(1, ...args)) as F, {
    graph: (...args: Parameters<F>) => entryFor(flattenTree(args, identities)).program.graph,
    stages: (...args: Parameters<F>) =>
      entryFor(flattenTree(args, identities)).program.stages?.() ?? [],
    cached: () => cache.size,
    repeat: repeat as Compiled<F>["repeat"],
  });
}

/** The result of the last of `times` calls. */
function lastOf<T>(times: number, once: () => T): T {
  for (let done = 1; done < times; done++) once();
  return once();
}

function makeEntry(f: TreeFunction, flat: Flat, engine: Engine): Entry {
  const state: TraceState = { reads: new Map(), writes: new Map(), gradients: new Map() };
  const trace = new Trace("compile", null, state);
  const inputs = flat.leaves.map(({ type }) => new Value(type));
  const placeholders = inputs.map((value) => new Tensor({ type: value.type, value, trace }));
  return runTrace(trace, () => {
    const args = flat.rebuild(placeholders) as unknown[];
    const outcome = explained("compile", f, args);
    const outputs = flattenTree(outcome);
    expectOutcome(outcome, state);
    const lift = (tensor: Tensor) => trace.lift(tensor);
    const results = [outputs.leaves, [...state.gradients.values()], [...state.writes.values()]];
    const values = results.flat().map(lift);
    const graph = makeGraph(
      [...inputs, ...trace.captured.values(), ...state.reads.values()],
      values,
    );
    const [reads, writes, gradients] = [state.reads, state.writes, state.gradients].map((map) => [
      ...map.keys(),
    ]) as [Variable[], Variable[], Variable[]];
    expectHome([...reads, ...writes], engine);
    const wiring = {
      reads: reads.map((variable) => variable.storage),
      writes: writes.map((variable) => variable.storage),
    };
    const program = engine.compile(graph, wiring);
    const captured = [...trace.captured.keys()];
    return { program, outputs, captured, reads, writes, gradients };
  });
}

/** @throws ArgumentError where there is nothing that a program could give, do or wait for */
function expectOutcome(outcome: unknown, { writes, gradients }: TraceState): void {
  if (outcome instanceof Promise) {
    throw new ArgumentError("compile: the function must not be async: it is traced, and runs once");
  }
  if (outcome !== undefined || writes.size > 0 || gradients.size > 0) return;
  throw new ArgumentError(
    "compile: the function returned nothing and assigned no variable. Return what it computes.",
  );
}

/** @throws NeuriteError for a variable whose memory the program could not reach */
function expectHome(variables: readonly Variable[], engine: Engine): void {
  const stranger = variables.find((variable) => variable.engine !== engine);
  if (!stranger) return;
  const name = stranger.name === undefined ? "a variable" : `variable "${stranger.name}"`;
  throw new NeuriteError(
    `compile: ${name} was made while another engine was set, and programs of one engine cannot ` +
      "reach the variables of another. Call setEngine() before making variables and compiling.",
  );
}

/** Hands out results, leaves gradients at their variables, and lets written variables know. */
function finish(
  { program, outputs, writes, gradients }: Entry,
  arrays: readonly DataArray[],
): unknown {
  const tensors = arrays.map(
    (known, i) => new Tensor({ type: program.graph.outputs[i]!.type, known }),
  );
  const results = outputs.leaves.length;
  gradients.forEach((variable, i) => {
    variable.grad = tensors[results + i]!;
  });
  for (const variable of writes) variable.changed();
  return outputs.rebuild(tensors.slice(0, results));
}

/** What one output of the program is, for errors. */
function nameOf({ outputs, gradients, writes }: Entry, output: number): string {
  const results = outputs.leaves.length;
  const quoted = ({ name }: Variable) => (name === undefined ? "a variable" : `"${name}"`);
  if (output < results) return `result ${output}`;
  const gradient = gradients[output - results];
  if (gradient) return `the gradient of ${quoted(gradient)}`;
  return `the new value of ${quoted(writes[output - results - gradients.length]!)}`;
}

function runFinite(entry: Entry, inputs: readonly DataArray[]): DataArray[] {
  const before = entry.reads.map((variable) => variable.storage.read());
  const written = entry.writes.map((variable) => variable.storage.read());
  const arrays = entry.program.run(inputs);
  const after = entry.writes.map((variable) => variable.storage.read());
  try {
    const name = (output: number) => nameOf(entry, output);
    checkFinite!(entry.program.graph, [...arrays, ...after], [...inputs, ...before], name);
  } catch (error) {
    entry.writes.forEach((variable, i) => variable.storage.write(written[i]!));
    throw error;
  }
  return arrays;
}
