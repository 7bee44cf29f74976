// Tensors that count: ranges, the identity matrix, labels as rows of ones and zeros.

import { finite, index, number } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { allocate, type DType, isFloat } from "../ir/dtype.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { element } from "../runtime/values/element.ts";
import { dtypeKind, tensorKind } from "../runtime/values/kinds.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import { broadcastTo } from "./operands/broadcast.ts";
import { checkDType, checkShape } from "./operands/checks.ts";

const checkArange = signature<typeof arange>(
  "arange(start, stop?, step?, dtype?)",
  number,
  number,
  number,
  dtypeKind,
);

/**
 * Numbers from start (0 by default) to below stop, by step: `arange(3)`, `arange(1, 4, 0.5)`.
 * @param dtype if not given, int32 where start and step are whole, else float32
 * @throws ArgumentError for numbers that are not finite, or that an integer type does not have
 */
export function arange(start: number, stop?: number, step = 1, dtype?: DType): Tensor<[number]> {
  checkArange(arguments);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new ArgumentError("arange: the step must not be 0");
  checkDType(dtype);
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(length)) {
    throw new ArgumentError(
      `arange: expected finite numbers, received start ${from}, stop ${to} and step ${step}`,
    );
  }
  checkShape("arange", [length]);
  const whole = Number.isInteger(from) && Number.isInteger(step);
  const type = dtype ?? (whole ? "int32" : "float32");
  const known = allocate(type, length);
  for (let i = 0; i < length; i++) known[i] = element("arange", from + i * step, type);
  return new Tensor({ type: { dtype: type, shape: [length] }, known });
}

const checkLinspace = signature<typeof linspace>(
  "linspace(start, stop, count, dtype?)",
  finite,
  finite,
  index,
  dtypeKind,
);

/**
 * `count` evenly spaced numbers, both ends included.
 * @throws ArgumentError for numbers that an integer type does not have
 */
export function linspace<const N extends number>(
  start: number,
  stop: number,
  count: N,
  dtype: DType = "float32",
): Tensor<[N]> {
  checkLinspace(arguments);
  checkDType(dtype);
  checkShape("linspace", [count]);
  const known = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const last = i === count - 1 && i > 0;
    const x = last ? stop : start + (i * (stop - start)) / Math.max(count - 1, 1);
    known[i] = element("linspace", x, dtype);
  }
  return new Tensor({ type: { dtype, shape: [count] }, known });
}

const checkEye = signature<typeof eye>("eye(n, dtype?)", index, dtypeKind);

/** The identity matrix. */
export function eye<const N extends number>(n: N, dtype: DType = "float32"): Tensor<[N, N]> {
  checkEye(arguments);
  checkDType(dtype);
  checkShape("eye", [n, n]);
  const known = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) known[i * n + i] = 1;
  return new Tensor({ type: { dtype, shape: [n, n] }, known });
}

const checkOneHot = signature<typeof oneHot>(
  "oneHot(labels, classes, dtype?)",
  tensorKind,
  index,
  dtypeKind,
);

/**
 * Ones at the labelled places: labels of any shape give [...shape, classes]. A label that is no whole
 * number in 0..classes-1 is an error where its value is known, and a row of zeros under compile().
 */
export function oneHot(labels: Tensor, classes: number, dtype: DType = "float32"): Tensor {
  checkOneHot(arguments);
  checkDType(dtype);
  const { known } = labels.read().parts;
  const wrong = known?.find((label: number) => !(label >= 0 && label < classes));
  if (wrong !== undefined) {
    throw new ArgumentError(`oneHot: label ${wrong} is outside 0..${classes - 1}`);
  }
  const part = known?.find((label: number) => !Number.isInteger(label));
  if (part !== undefined) throw new ArgumentError(`oneHot: label ${part} is not a whole number`);
  // Float labels are compared as floats: half a label is no label, also under compile().
  const type = isFloat(labels.dtype) ? labels.dtype : "int32";
  const shape = [...labels.type.shape, classes];
  const whole = labels.dtype === type ? labels : prims.cast(labels, { dtype: type });
  const column = prims.reshape(whole, { shape: [...labels.type.shape, 1] });
  const places = prims.iota({ length: classes, dtype: "int32" });
  const numbers = type === "int32" ? places : prims.cast(places, { dtype: type });
  const here = prims.eq(broadcastTo(column, shape), broadcastTo(numbers, shape));
  return prims.cast(here, { dtype });
}
