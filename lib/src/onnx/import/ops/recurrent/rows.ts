// The rows of the recurrent ops: each direction is a loop over the steps.

import { showShape } from "../../../../ir/shape.ts";
import { scan } from "../../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { less, where } from "../../../../tensor/comparison.ts";
import { fromData, full, zeros } from "../../../../tensor/create.ts";
import { add, cast, clip, mul, sub } from "../../../../tensor/elementwise.ts";
import { stack } from "../../../../tensor/joining.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { reshape, transpose } from "../../../../tensor/movement.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";
import { type CellActivation, cellActivations } from "./activations.ts";

/** What one direction of one op works with. */
interface Cell {
  /** x w of all gates and their bias, [batch, gates hidden]. */
  readonly step: (xw: Tensor, state: readonly Tensor[]) => Tensor[];
  readonly xw: Tensor;
  readonly state: readonly Tensor[];
}

interface Parts {
  readonly r: Tensor;
  readonly bias: Tensor | undefined;
  readonly peepholes: Tensor | undefined;
  readonly hidden: number;
  readonly acts: readonly CellActivation[];
  readonly clipped: (x: Tensor) => Tensor;
  readonly c: Call;
}

type Step = (parts: Parts, xw: Tensor, state: readonly Tensor[]) => Tensor[];

const gate = (x: Tensor, i: number, hidden: number): Tensor =>
  part(x, x.rank - 1, i * hidden, (i + 1) * hidden);
const turn = (x: Tensor): Tensor => transpose(x, [1, 0]);

const rnn: Step = ({ r, acts, clipped }, xw, [h]) => [
  acts[0]!(clipped(add(xw, matmul(h!, turn(r))))),
];

const lstm: Step = ({ r, peepholes, hidden, acts, clipped, c }, xw, [h, cell]) => {
  const sums = add(xw, matmul(h!, turn(r)));
  const [f, g, out] = acts as [CellActivation, CellActivation, CellActivation];
  const seen = (i: number, by: Tensor) => {
    const own = gate(sums, i, hidden);
    return clipped(peepholes ? add(own, mul(gate(peepholes, i, hidden), by)) : own);
  };
  const input = f(seen(0, cell!));
  const forget = c.flag("input_forget") ? sub(1, input) : f(seen(2, cell!));
  const next = add(mul(forget, cell!), mul(input, g(clipped(gate(sums, 3, hidden)))));
  return [mul(f(seen(1, next)), out(next)), next];
};

/** The bias of the recurrent part of the last gate stands within the reset, where that comes behind. */
const gru: Step = ({ r, bias, hidden, acts, clipped, c }, xw, [h]) => {
  const [f, g] = acts as [CellActivation, CellActivation];
  const rows = (i: number, n: number) => part(r, 0, i * hidden, (i + n) * hidden);
  const own = (i: number) => (bias ? gate(bias, 3 + i, hidden) : full([], 0, h!.dtype));
  const sums = matmul(h!, turn(rows(0, 2)));
  const at = (i: number) => clipped(add(add(gate(xw, i, hidden), gate(sums, i, hidden)), own(i)));
  const [z, reset] = [f(at(0)), f(at(1))];
  const behind = c.flag("linear_before_reset");
  const inner = behind
    ? mul(reset, add(matmul(h!, turn(rows(2, 1))), own(2)))
    : add(matmul(mul(reset, h!), turn(rows(2, 1))), own(2));
  const next = g(clipped(add(gate(xw, 2, hidden), inner)));
  return [add(mul(sub(1, z), next), mul(z, h!))];
};

interface Kind {
  readonly gates: number;
  readonly states: number;
  readonly names: readonly string[];
  readonly step: Step;
}

const KINDS = {
  RNN: { gates: 1, states: 1, names: ["Tanh"], step: rnn },
  LSTM: { gates: 4, states: 2, names: ["Sigmoid", "Tanh", "Tanh"], step: lstm },
  GRU: { gates: 3, states: 1, names: ["Sigmoid", "Tanh"], step: gru },
} satisfies Record<string, Kind>;

function recurrent(c: Call, kind: Kind): (Tensor | undefined)[] {
  const rows = c.flag("layout");
  const x = rows ? transpose(c.ranked(0, 3), [1, 0, 2]) : c.ranked(0, 3);
  const [w, r] = [c.ranked(1, 3), c.ranked(2, 3)];
  const [steps, batch, features] = x.type.shape as [number, number, number];
  const direction = c.text("direction", "forward", ["forward", "reverse", "bidirectional"]);
  const directions = direction === "bidirectional" ? 2 : 1;
  const hidden = r.type.shape[2]!;
  const wide = kind.gates * hidden;
  c.ignore("hidden_size", "output_sequence");
  const fits = sameDims(w, [directions, wide, features]) && sameDims(r, [directions, wide, hidden]);
  if (!fits)
    throw c.refuse(
      `weights ${showShape(w.shape)} and ${showShape(r.shape)} do not fit data ${showShape(x.shape)}`,
    );
  if (kind.step === lstm) c.flag("input_forget");
  if (kind.step === gru) c.flag("linear_before_reset");
  const names =
    c.texts("activations") ?? Array.from({ length: directions }, () => kind.names).flat();
  if (names.length !== directions * kind.names.length)
    throw c.refuse(`${names.length} activations are not enough`);
  const acts = cellActivations(c, names);
  const bound = c.has("clip") ? c.float("clip") : 0;
  const clipped = (y: Tensor) => (bound > 0 ? clip(y, -bound, bound) : y);
  const lengths = c.maybe(4);
  const start = (input: number, d: number) => {
    const given = c.maybe(input);
    if (!given) return zeros([batch, hidden], x.dtype);
    return reshape(part(given, rows ? 1 : 0, d, d + 1), [batch, hidden]);
  };
  const runs = Array.from({ length: directions }, (_, d) => {
    const one = (y: Tensor) => reshape(part(y, 0, d, d + 1), y.type.shape.slice(1));
    const bias = c.maybe(3) && one(c.x(3));
    const parts: Parts = {
      r: one(r),
      bias,
      peepholes: kind.step === lstm && c.maybe(7) ? one(c.x(7)) : undefined,
      hidden,
      acts: acts.slice(d * kind.names.length, (d + 1) * kind.names.length),
      clipped,
      c,
    };
    const plain = matmul(x, turn(one(w)));
    // The recurrent bias is added with the other one, but in a GRU, where resets come between.
    const own = bias && part(bias, 0, 0, wide);
    const whole = own && kind.step !== gru ? add(own, part(bias, 0, wide, 2 * wide)) : own;
    const cell: Cell = {
      xw: whole ? add(plain, whole) : plain,
      state: Array.from({ length: kind.states }, (_, i) => start(5 + i, d)),
      step: (xw, state) => kind.step(parts, xw, state),
    };
    return loop(cell, steps, lengths, direction === "reverse" || d === 1);
  });
  const y = stack(
    runs.map(({ ys }) => ys),
    1,
  );
  const last = Array.from({ length: kind.states }, (_, i) =>
    stack(
      runs.map(({ state }) => state[i]!),
      0,
    ),
  );
  if (!rows) return [y, ...last];
  return [transpose(y, [2, 0, 1, 3]), ...last.map((state) => transpose(state, [1, 0, 2]))];
}

const sameDims = (x: Tensor, dims: readonly number[]): boolean =>
  x.type.shape.every((dim, i) => dim === dims[i]);

/** Steps behind the end of an example leave its state as it is, and give zeros. */
function loop(cell: Cell, steps: number, lengths: Tensor | undefined, reverse: boolean) {
  const at = fromData(
    Int32Array.from({ length: steps }, (_, i) => i),
    [steps],
  );
  const ends = lengths && reshape(cast(lengths, "int32"), [lengths.size, 1]);
  const [state, ys] = scan(
    (before: readonly Tensor[], now: { xw: Tensor; at: Tensor }): [readonly Tensor[], Tensor] => {
      const next = cell.step(now.xw, before);
      if (!ends) return [next, next[0]!];
      const isOn = less(now.at, ends);
      const kept = next.map((value, i) => where(isOn, value, before[i]!));
      return [kept, where(isOn, next[0]!, full([], 0, next[0]!.dtype))];
    },
    cell.state as readonly Tensor[],
    { xw: cell.xw, at },
    { reverse },
  );
  return { state, ys };
}

export const recurrence: OpRows = {
  RNN: computing((c) => recurrent(c, KINDS.RNN)),
  LSTM: computing((c) => recurrent(c, KINDS.LSTM)),
  GRU: computing((c) => recurrent(c, KINDS.GRU)),
};
