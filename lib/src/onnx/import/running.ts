// How an imported model runs: by compiled programs where that can be, else op by op.

import { TraceError } from "../../checks/errors.ts";
import { isFloat } from "../../ir/dtype.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { current } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { full } from "../../tensor/create.ts";
import { beyond, type Lookout } from "./core/exact.ts";
import { applyGraph, checkFeeds, type OnnxTensors, type OnnxWiring } from "./session.ts";

/** How many values of inputs that must be known get a program of their own. */
const MOST_FIXED = 8;

type Fixed = Readonly<Record<string, number>>;

/**
 * How a model runs: compiled for each kind of inputs. Where numbers must be known that the inputs give, single whole
 * numbers and truths among them are fixed, for some values of them; where that does not do, it runs op by op.
 */
export function makeRun(wiring: OnnxWiring): (feeds: OnnxTensors) => Record<string, Tensor> {
  const compiled = compile((feeds: OnnxTensors, fixed: Fixed) => {
    const lookout: Lookout = { trace: current.trace, found: new Map() };
    const constants = Object.entries(fixed).map(([name, value]): [string, Tensor] => {
      const { dtype } = wiring.inputs.find((port) => port.name === name)!;
      return [name, full(shapes.get(name)!, value, dtype)];
    });
    const results = applyGraph(wiring, { ...feeds, ...Object.fromEntries(constants) }, lookout);
    return { results, found: Object.fromEntries(lookout.found) };
  });
  const shapes = new Map<string, readonly number[]>();
  const run = (feeds: OnnxTensors, fixed: Fixed) => {
    const { results, found } = compiled(feeds, fixed);
    for (const [where, flag] of Object.entries(found)) {
      if (flag.item() !== 0) throw beyond(where.slice(where.indexOf(" ") + 1));
    }
    return results;
  };
  const ways = new Map<string, "fixed" | "eager">();
  const values = new Set<string>();
  return (feeds) => {
    checkFeeds(wiring, feeds);
    const tracked = Object.values(feeds).some((tensor) => tensor.tracked);
    // Within a trace, or where someone differentiates, the graph is part of what is around it.
    if (current.trace || tracked) return applyGraph(wiring, feeds);
    const key = Object.entries(feeds)
      .map(([name, { type }]) => `${name} ${type.dtype} ${type.shape}`)
      .join(";");
    const attempt = (way: "fixed" | "eager", then: () => Record<string, Tensor>) => {
      try {
        return then();
      } catch (error) {
        if (!isAboutTracing(error)) throw error;
        if (ways.size >= MOST_WAYS) ways.clear();
        ways.set(key, way);
        return null;
      }
    };
    if (!ways.has(key)) {
      const results = attempt("fixed", () => run(feeds, {}));
      if (results) return results;
    }
    if (ways.get(key) === "fixed") {
      const [rest, fixed] = parted(feeds);
      const value = `${key} ${JSON.stringify(fixed)}`;
      if (values.has(value) || values.size < MOST_FIXED) {
        values.add(value);
        for (const name of Object.keys(fixed)) shapes.set(name, feeds[name]!.type.shape);
        const results = attempt("eager", () => run(rest, fixed));
        if (results) return results;
      }
    }
    return applyGraph(wiring, feeds);
  };
}

/** Kinds of inputs of which it is remembered how they run. */
const MOST_WAYS = 1024;

/** Inputs that stay tensors, and single whole numbers and truths by value. */
function parted(feeds: OnnxTensors): [tensors: OnnxTensors, fixed: Fixed] {
  const isFixed = ({ size, dtype }: Tensor) => size === 1 && !isFloat(dtype);
  const all = Object.entries(feeds);
  return [
    Object.fromEntries(all.filter(([, tensor]) => !isFixed(tensor))),
    Object.fromEntries(all.flatMap(([name, x]) => (isFixed(x) ? [[name, x.data[0]!]] : []))),
  ];
}

function isAboutTracing(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof TraceError) return true;
  }
  return false;
}
