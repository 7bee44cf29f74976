// Attention, and the rotation that gives places to it.

import { showShape } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part, repeat } from "../../../../tensor/arranging/roll.ts";
import { equal, less, lessEqual, where } from "../../../../tensor/comparison.ts";
import { fromData, full } from "../../../../tensor/create.ts";
import {
  add,
  cast,
  div,
  exp,
  mul,
  stopGradient,
  sub,
  tanh,
} from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import { at } from "../../../../tensor/indexing.ts";
import { concat, pad, stack } from "../../../../tensor/joining.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { reshape, swapAxes, transpose } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import { max, sum } from "../../../../tensor/reduce.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/** [batch, steps, heads size] to [batch, heads, steps, size]. */
function parted(c: Call, x: Tensor, heads: number): Tensor {
  if (x.rank === 4) return x;
  const [batch, steps, wide] = x.type.shape as [number, number, number];
  if (x.rank !== 3 || heads < 1 || wide % heads !== 0) {
    throw c.refuse(`${showShape(x.shape)} does not part into ${heads} heads`);
  }
  return transpose(reshape(x, [batch, steps, heads, wide / heads]), [0, 2, 1, 3]);
}

const counted = (n: number, shape: readonly number[]): Tensor =>
  fromData(
    Int32Array.from({ length: n }, (_, i) => i),
    [...shape],
  );

/** Which keys each query sees, added to its scores as 0 or -Infinity; undefined where all are. */
function biasOf(c: Call, q: Tensor, keys: number, past: number | undefined): Tensor | undefined {
  const { dtype } = q;
  const steps = q.type.shape[2]!;
  const seen = (mask: Tensor) => where(mask, full([], 0, dtype), full([], -Infinity, dtype));
  const lengths = c.maybe(6) && reshape(cast(c.x(6), "int32"), [c.x(6).size, 1, 1, 1]);
  const [own, key] = [counted(steps, [steps, 1]), counted(keys, [1, keys])];
  const offset = past ?? (lengths ? sub(lengths, steps) : 0);
  const place = typeof offset === "number" ? add(own, offset) : add(offset, own);
  const parts: Tensor[] = [];
  const given = c.maybe(3);
  if (given) {
    const lacks = keys - given.type.shape.at(-1)!;
    const wide = given.dtype === "bool" ? seen(given) : c.like(given, q);
    const amounts = wide.type.shape.map((_, i): [number, number] => [
      0,
      i === wide.rank - 1 ? Math.max(lacks, 0) : 0,
    ]);
    parts.push(lacks > 0 ? padded(wide, amounts) : wide);
  }
  if (c.flag("is_causal")) parts.push(seen(lessEqual(key, place)));
  const [left, right] = [c.int("left_window_size", -1), c.int("right_window_size", -1)];
  if (left >= 0) parts.push(seen(lessEqual(sub(place, left), key)));
  if (right >= 0) parts.push(seen(lessEqual(key, add(place, right))));
  if (lengths) parts.push(seen(less(reshape(key, [1, 1, 1, keys]), lengths)));
  return parts.length > 0 ? parts.reduce((a, b) => add(a, b)) : undefined;
}

/** -Infinity where the mask is too short; zeros are not in the way, since infinities are put by choice. */
function padded(x: Tensor, amounts: readonly (readonly [number, number])[]): Tensor {
  const inside = cast(pad(full(x.type.shape, 1, x.dtype), amounts), "bool");
  const safe = pad(x, amounts);
  return where(inside, safe, full([], -Infinity, x.dtype));
}

/** Softmax in which a row of -Infinity alone becomes zeros. */
function softmaxOf(scores: Tensor, bias: Tensor | undefined): Tensor {
  const most = stopGradient(max(scores, -1, true));
  if (!bias) {
    const e = exp(sub(scores, most));
    return div(e, sum(e, -1, true));
  }
  const hidden = equal(max(bias, -1, true), -Infinity);
  const e = exp(sub(scores, where(equal(most, -Infinity), full([], 0, scores.dtype), most)));
  const total = sum(e, -1, true);
  const p = div(e, where(equal(total, 0), full([], 1, scores.dtype), total));
  return where(hidden, full([], 0, scores.dtype), p);
}

function attention(c: Call): (Tensor | undefined)[] {
  const flat = c.x(0).rank === 3;
  c.ignore("softmax_precision");
  const heads = c.int("q_num_heads", 0);
  const keyHeads = c.int("kv_num_heads", 0);
  const q = parted(c, c.x(0), heads);
  const [k, v] = [1, 2].map((i) => {
    const now = parted(c, c.x(i), keyHeads);
    const past = c.maybe(i + 3);
    return past ? concat([past, now], 2) : now;
  }) as [Tensor, Tensor];
  const size = q.type.shape[3]!;
  const scale = c.float("scale", 0) || 1 / Math.sqrt(size);
  const groups = q.type.shape[1]! / k.type.shape[1]!;
  if (!Number.isInteger(groups))
    throw c.refuse(`${q.type.shape[1]} heads do not share ${k.type.shape[1]}`);
  const shared = (x: Tensor) => (groups === 1 ? x : repeat(x, groups, 1));
  const root = Math.sqrt(scale);
  const plain = matmul(mul(q, root), mul(swapAxes(shared(k), 2, 3), root));
  const cap = c.float("softcap", 0);
  const scores = cap > 0 ? mul(tanh(div(plain, cap)), cap) : plain;
  const bias = biasOf(c, q, k.type.shape[2]!, c.maybe(4)?.type.shape[2]);
  const biased = bias ? add(scores, bias) : scores;
  const p = softmaxOf(biased, bias && broadcastTo(bias, biased.type.shape));
  const y = matmul(p, shared(v));
  const mode = c.int("qk_matmul_output_mode", 0);
  // The order of the modes changed once: softcap comes before the bias.
  const shown = [plain, scores, biased, p][mode];
  if (!shown) throw c.refuse(`qk_matmul_output_mode ${mode} is not covered`);
  const [batch, , steps, wide] = y.type.shape as [number, number, number, number];
  const out = flat
    ? reshape(transpose(y, [0, 2, 1, 3]), [batch, steps, q.type.shape[1]! * wide])
    : y;
  return [out, k, v, mode === 0 && cap > 0 ? scores : shown];
}

function rotary(c: Call): Tensor {
  const given = c.x(0);
  const heads = c.int("num_heads", 0);
  const x =
    given.rank === 4 ? transpose(given, [0, 2, 1, 3]) : swapAxes(parted(c, given, heads), 1, 2);
  const size = x.type.shape[3]!;
  const turns = c.int("rotary_embedding_dim", 0) || size;
  if (turns > size || turns % 2 !== 0)
    throw c.refuse(`${turns} of ${size} numbers cannot be turned in pairs`);
  const ids = c.maybe(3);
  const cache = (i: number) => {
    const rows = ids ? take(c.x(i), cast(ids, "int32"), 0) : c.x(i);
    return reshape(rows, [...rows.type.shape.slice(0, 2), 1, rows.type.shape.at(-1)!]);
  };
  const [cos, sin] = [cache(1), cache(2)];
  const own = part(x, 3, 0, turns);
  const rest = part(x, 3, turns, size);
  const paired = c.flag("interleaved");
  const [a, b] = paired
    ? [at(own, "...", "::2"), at(own, "...", "1::2")]
    : [part(own, 3, 0, turns / 2), part(own, 3, turns / 2, turns)];
  const [re, im] = [sub(mul(cos, a), mul(sin, b)), add(mul(sin, a), mul(cos, b))];
  const turned = paired ? reshape(stack([re, im], -1), own.type.shape) : concat([re, im], 3);
  const whole = concat([turned, rest], 3);
  return given.rank === 4 ? transpose(whole, [0, 2, 1, 3]) : reshape(whole, given.type.shape);
}

export const attentions: OpRows = {
  Attention: computing(attention),
  RotaryEmbedding: computing(rotary),
};
