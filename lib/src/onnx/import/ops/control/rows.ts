// The rows of the ops that hold graphs: a choice and two loops.

import { NeuriteError, TraceError } from "../../../../checks/errors.ts";
import { current } from "../../../../runtime/interpreter/current.ts";
import { cond } from "../../../../runtime/loops/cond.ts";
import { scan } from "../../../../runtime/loops/scan.ts";
import { whileLoop } from "../../../../runtime/loops/while.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { less, logicalAnd } from "../../../../tensor/comparison.ts";
import { tensor, zeros } from "../../../../tensor/create.ts";
import { add, cast } from "../../../../tensor/elementwise.ts";
import { stack } from "../../../../tensor/joining.ts";
import { flip, reshape, transpose } from "../../../../tensor/movement.ts";
import type { Call } from "../../core/call.ts";
import { BOOL, type HeldTensor, INT64 } from "../../core/elements.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/** More turns than any loop of a model has. */
const MOST_TURNS = 2 ** 20;
/** Turns of a loop that is written out where its results are stacked. */
const MOST_WRITTEN = 4096;

const knownOne = (x: Tensor | undefined): number | undefined => {
  const { known } = x?.read().parts ?? {};
  return known && x!.size === 1 ? known[0] : undefined;
};

function tell(c: Call, results: readonly HeldTensor[]): Tensor[] {
  results.forEach(({ element }, i) => {
    c.says(i, element);
  });
  return results.map(({ tensor: value }) => value);
}

function choice(c: Call): Tensor[] {
  const [yes, no] = [c.graph("then_branch"), c.graph("else_branch")];
  const known = knownOne(c.x(0));
  if (known !== undefined) return tell(c, c.runGraph(known !== 0 ? yes : no, []));
  let elements: number[] = [];
  const branch = (graph: typeof yes) => () => {
    const results = c.runGraph(graph, []);
    elements = results.map(({ element }) => element);
    return results.map(({ tensor: value }) => value);
  };
  let results: Tensor[];
  try {
    results = cond(reshape(c.x(0), []), branch(yes), branch(no));
  } catch (error) {
    // One that is not taken need not fit: a model may choose by what its inputs are.
    if (!(error instanceof NeuriteError) || !current.trace) throw error;
    const why = `${c.where}: its branches cannot both be compiled, so the condition must be known`;
    throw new TraceError(why, { cause: error });
  }
  elements.forEach((element, i) => {
    c.says(i, element);
  });
  return results;
}

const count = (i: number): HeldTensor => ({ tensor: tensor(i, "int32"), element: INT64 });

/** As many turns as the trip count and the condition allow; what the body gives beside is stacked. */
function loop(c: Call): Tensor[] {
  const body = c.graph("body");
  const most = c.maybe(0) ? knownOne(c.x(0)) : MOST_TURNS;
  const carries = c.count - 2;
  const stacked = body.output.length - 1 - carries;
  if (carries < 0 || stacked < 0 || body.input.length !== carries + 2) {
    throw c.refuse("the body's inputs and outputs do not fit what the loop carries");
  }
  const start = Array.from({ length: carries }, (_, i) => c.held(i + 2));
  let goesOn = c.maybe(1) ?? tensor(true);
  if (most === undefined || knownOne(goesOn) === undefined)
    return compiledLoop(c, start, stacked, goesOn);
  let state = start;
  const ys: Tensor[][] = Array.from({ length: stacked }, () => []);
  const elements = Array<number>(stacked).fill(1);
  for (let i = 0; i < most && knownOne(goesOn) !== 0; i++) {
    if (i >= (current.trace ? MOST_WRITTEN : MOST_TURNS))
      throw c.refuse(`the loop goes on after ${i} turns`);
    const results = c.runGraph(body, [count(i), { tensor: goesOn, element: BOOL }, ...state]);
    goesOn = results[0]!.tensor;
    if (knownOne(goesOn) === undefined) {
      if (stacked > 0)
        throw new TraceError(
          `${c.where}: how often it turns must be known when the model is compiled`,
        );
      return compiledLoop(c, start, stacked, c.maybe(1) ?? tensor(true));
    }
    state = results.slice(1, carries + 1);
    results.slice(carries + 1).forEach(({ tensor: y, element }, at) => {
      ys[at]!.push(y);
      elements[at] = element;
    });
  }
  elements.forEach((element, at) => {
    c.says(carries + at, element);
  });
  const results = tell(c, state);
  return [
    ...results,
    ...ys.map((list) => (list.length > 0 ? stack(list, 0) : zeros([0], "float32"))),
  ];
}

/** A loop whose end is known only when it runs. */
function compiledLoop(
  c: Call,
  start: readonly HeldTensor[],
  stacked: number,
  first: Tensor,
): Tensor[] {
  if (stacked > 0)
    throw new TraceError(`${c.where}: how often it turns must be known when the model is compiled`);
  const most = c.maybe(0) ? reshape(cast(c.x(0), "int32"), []) : tensor(2 ** 31 - 1, "int32");
  const initial = {
    at: tensor(0, "int32"),
    goesOn: reshape(cast(first, "bool"), []),
    values: start.map((held) => held.tensor),
  };
  const elements = start.map(({ element }) => element);
  const last = whileLoop(
    ({ at, goesOn }) => logicalAnd(goesOn, less(at, most)) as Tensor<[]>,
    ({ at, goesOn, values }) => {
      const held = values.map((value, i) => ({ tensor: value, element: elements[i]! }));
      const inputs = [
        { tensor: at as Tensor, element: INT64 },
        { tensor: goesOn, element: BOOL },
        ...held,
      ];
      const results = c.runGraph(c.graph("body"), inputs);
      return {
        at: add(at, 1),
        goesOn: reshape(results[0]!.tensor, []),
        values: results.slice(1).map((result) => result.tensor),
      };
    },
    initial as { at: Tensor; goesOn: Tensor; values: Tensor[] },
  );
  elements.forEach((element, i) => {
    c.says(i, element);
  });
  return last.values;
}

/** States that are carried from slice to slice of the sequences. */
function scanned(c: Call): Tensor[] {
  if (c.opset < 9) throw c.refuse("Scan of opset 8, with batches, is not covered");
  const body = c.graph("body");
  const sequences = c.int("num_scan_inputs");
  const carries = c.count - sequences;
  const outs = body.output.length - carries;
  if (sequences < 1 || carries < 0 || outs < 0 || body.input.length !== c.count) {
    throw c.refuse("the body's inputs and outputs do not fit the sequences");
  }
  const listOf = (name: string, length: number) => {
    const list = c.ints(name) ?? Array<number>(length).fill(0);
    if (list.length !== length) throw c.refuse(`expected ${length} numbers as ${name}`);
    return list;
  };
  const [inAxes, outAxes] = [
    listOf("scan_input_axes", sequences),
    listOf("scan_output_axes", outs),
  ];
  const [inBack, outBack] = [
    listOf("scan_input_directions", sequences),
    listOf("scan_output_directions", outs),
  ];
  const held = Array.from({ length: c.count }, (_, i) => c.held(i));
  const xs = held.slice(carries).map(({ tensor: x }, i) => {
    const front = first(x, c.axis(inAxes[i]!, x.rank));
    return inBack[i] ? flip(front, [0]) : front;
  });
  const turn = (state: readonly Tensor[], slices: readonly Tensor[]): HeldTensor[] =>
    c.runGraph(
      body,
      [...state, ...slices].map((value, i) => ({ tensor: value, element: held[i]!.element })),
    );
  const { state, ys, elements } = run(
    turn,
    held.slice(0, carries).map(({ tensor: x }) => x),
    xs,
  );
  elements.forEach((element, i) => {
    c.says(i, element);
  });
  const placed = ys.map((y, i) => {
    const turned = outBack[i] ? flip(y, [0]) : y;
    const axis = c.axis(outAxes[i]!, y.rank);
    const order = y.type.shape
      .map((_, k) => k)
      .slice(1)
      .toSpliced(axis, 0, 0);
    return transpose(turned, order);
  });
  return [...state, ...placed];
}

const first = (x: Tensor, axis: number): Tensor =>
  transpose(x, [axis, ...x.type.shape.map((_, i) => i).filter((i) => i !== axis)]);

/** Under a trace one op; else turn by turn, where slices may be read. */
function run(
  turn: (state: readonly Tensor[], slices: readonly Tensor[]) => HeldTensor[],
  start: Tensor[],
  xs: Tensor[],
): { state: Tensor[]; ys: Tensor[]; elements: number[] } {
  const carries = start.length;
  const length = xs[0]!.type.shape[0]!;
  let elements: number[] = [];
  const once = (state: Tensor[], slices: Tensor[]): [Tensor[], Tensor[]] => {
    const results = turn(state, slices);
    elements = results.map(({ element }) => element);
    const values = results.map(({ tensor: value }) => value);
    return [values.slice(0, carries), values.slice(carries)];
  };
  if (current.trace || length === 0) {
    const [state, ys] = scan(once, start, xs);
    return { state, ys, elements };
  }
  let state = start;
  const lists: Tensor[][] = [];
  for (let i = 0; i < length; i++) {
    const slices = xs.map((x) => reshape(part(x, 0, i, i + 1), x.type.shape.slice(1)));
    const [next, ys] = once(state, slices);
    state = next;
    ys.forEach((y, k) => {
      lists[k] ??= [];
      lists[k].push(y);
    });
  }
  return { state, ys: lists.map((list) => stack(list, 0)), elements };
}

export const control: OpRows = {
  If: computing(choice, { short: "takes", bits: true, holdsGraphs: true }),
  Loop: computing(loop, { short: "takes", bits: true, holdsGraphs: true }),
  Scan: computing(scanned, { short: "takes", bits: true, holdsGraphs: true }),
};
