// Tensors that are made of a few numbers, and blocks that change places.

import { sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { where } from "../../../../tensor/comparison.ts";
import { fromData, full, zeros } from "../../../../tensor/create.ts";
import { cast } from "../../../../tensor/elementwise.ts";
import { takeAlongAxis } from "../../../../tensor/gather.ts";
import { reshape, transpose } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { expectInt32, holderOf, INT64 } from "../../core/elements.ts";
import { computing, moving, type OpRows, reading } from "../../core/rows.ts";

function filled(c: Call): Tensor {
  const shape = c.sized(c.numbers(0));
  const held = c.tensor("value");
  if (!held) return zeros(shape, "float32");
  if (held.tensor.size !== 1) throw c.refuse("expected one number as value");
  c.says(0, held.element);
  return broadcastTo(held.tensor.reshape([]), shape);
}

/** start, start + delta and so on, below the limit. */
function range(c: Call): Tensor {
  const [start, limit, delta] = [c.number(0), c.number(1), c.number(2)];
  const count = Math.max(Math.ceil((limit - start) / delta), 0);
  if (!(count < 2 ** 28)) throw c.refuse(`${count} numbers are too many`);
  const { dtype } = c.x(0);
  if (count > 0 && c.element(0) === INT64)
    expectInt32([start, start + (count - 1) * delta], c.where);
  c.says(0, c.element(0));
  const numbers = Float64Array.from({ length: count }, (_, i) => start + i * delta);
  return cast(fromData(numbers, [count], "float64"), dtype);
}

function eyeLike(c: Call): Tensor {
  const x = c.ranked(0, 2);
  const dtype = c.has("dtype") ? holderOf(c.int("dtype"), `${c.where}: its result`) : x.dtype;
  if (c.has("dtype")) c.says(0, c.int("dtype"));
  const [rows, columns] = c.sized(x.type.shape) as [number, number];
  const k = c.int("k", 0);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const j = i + k;
    if (j >= 0 && j < columns) data[i * columns + j] = 1;
  }
  return cast(fromData(data, [rows, columns], "float64"), dtype);
}

/** The upper or lower triangle of matrices, zeros elsewhere. */
function triangle(c: Call): Tensor {
  const x = c.x(0);
  if (x.rank < 2) throw c.refuse("expected matrices");
  const k = c.numberOr(1, 0);
  const upper = c.flag("upper", true);
  const [rows, columns] = x.type.shape.slice(-2) as [number, number];
  const kept = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const off = (i % columns) - Math.floor(i / columns);
    return Number(upper ? off >= k : off <= k);
  });
  const mask = fromData(kept, [rows, columns], "bool");
  return where(broadcastTo(mask, x.type.shape), x, full([], 0, x.dtype));
}

function blocksOf(c: Call): [n: number, ch: number, h: number, w: number, b: number] {
  const [n, ch, h, w] = c.ranked(0, 4).type.shape as [number, number, number, number];
  const b = c.int("blocksize");
  if (b < 1) throw c.refuse(`blocksize ${b} is below 1`);
  return [n, ch, h, w, b];
}

function depthToSpace(c: Call): Tensor {
  const [n, ch, h, w, b] = blocksOf(c);
  if (ch % (b * b) !== 0) throw c.refuse(`${ch} channels are no multiple of ${b * b}`);
  const depth = ch / (b * b);
  const blockFirst = c.text("mode", "DCR", ["DCR", "CRD"]) === "DCR";
  const apart = reshape(c.x(0), blockFirst ? [n, b, b, depth, h, w] : [n, depth, b, b, h, w]);
  const turned = transpose(apart, blockFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]);
  return reshape(turned, [n, depth, h * b, w * b]);
}

function spaceToDepth(c: Call): Tensor {
  const [n, ch, h, w, b] = blocksOf(c);
  if (h % b !== 0 || w % b !== 0) throw c.refuse(`blocks of ${b} do not fill ${h} x ${w}`);
  const apart = reshape(c.x(0), [n, ch, h / b, b, w / b, b]);
  const blockFirst = c.text("mode", "DCR", ["DCR", "CRD"]) === "DCR";
  const turned = transpose(apart, blockFirst ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4]);
  return reshape(turned, [n, ch * b * b, h / b, w / b]);
}

/** The first so many steps of each sequence turned round. */
function reversed(c: Call): Tensor {
  const x = c.x(0);
  const lengths = c.numbers(1);
  const [time, batch] = [c.int("time_axis", 0), c.int("batch_axis", 1)];
  if (x.rank < 2 || time + batch !== 1)
    throw c.refuse("expected time and batch as the first two axes");
  const [steps, examples] = [x.type.shape[time]!, x.type.shape[batch]!];
  if (lengths.length !== examples || lengths.some((n) => n < 0 || n > steps)) {
    throw c.refuse(`expected ${examples} lengths of at most ${steps}`);
  }
  const places = Int32Array.from({ length: steps * examples }, (_, at) => {
    const [i, b] =
      time === 0
        ? [Math.floor(at / examples), at % examples]
        : [at % steps, Math.floor(at / steps)];
    return i < lengths[b]! ? lengths[b]! - 1 - i : i;
  });
  const lead = x.type.shape.slice(0, 2);
  const rest = x.type.shape.slice(2);
  const flat = reshape(x, [...lead, sizeOf(rest)]);
  const wanted = broadcastTo(
    reshape(fromData(places, [places.length]), [...lead, 1]),
    flat.type.shape,
  );
  return reshape(takeAlongAxis(flat, wanted, time), x.type.shape);
}

export const made: OpRows = {
  ConstantOfShape: reading([0], filled),
  Range: reading([0, 1, 2], range),
  EyeLike: computing(eyeLike, { short: "takes", bits: true, typesOnly: true }),
  Trilu: moving(triangle, [1]),
  DepthToSpace: moving(depthToSpace),
  SpaceToDepth: moving(spaceToDepth),
  ReverseSequence: moving(reversed, [1]),
};
