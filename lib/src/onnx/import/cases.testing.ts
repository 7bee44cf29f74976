// Official node cases of ONNX: read from the file that scripts/onnx_cases.py writes, run, and compared.

import "../../tensor/methods.ts";
import { NeuriteError } from "../../checks/errors.ts";
import type { DType } from "../../ir/dtype.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { importOnnx } from "./import.ts";

interface StoredArray {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly at: readonly [start: number, length: number];
}

interface StoredCase {
  readonly name: string;
  readonly model: readonly [start: number, length: number];
  readonly ops: readonly string[];
  readonly inputs: readonly StoredArray[];
  readonly outputs: readonly StoredArray[];
  readonly rtol: number;
  readonly atol: number;
}

/** One case, and the bytes that its parts are cut from. */
export interface NodeCase extends StoredCase {
  readonly blob: Uint8Array;
  /** All bytes that belong to it. */
  readonly bytes: number;
}

export interface Outcome {
  readonly kind: "passes" | "refused" | "wrong" | "broken";
  readonly why: string;
}

/** A length, as many bytes of JSON, and the bytes that it speaks of. */
export function readCases(file: Uint8Array): { total: number; cases: NodeCase[] } {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length))) as {
    total: number;
    cases: StoredCase[];
  };
  const blob = file.subarray(4 + length);
  const cases = head.cases.map((each) => {
    const parts = [each.model, ...[...each.inputs, ...each.outputs].map(({ at }) => at)];
    return { ...each, blob, bytes: parts.reduce((sum, [, size]) => sum + size, 0) };
  });
  return { total: head.total, cases };
}

/** The same file of some of the cases. */
export function writeCases(total: number, cases: readonly NodeCase[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let end = 0;
  const moved = cases.map(({ blob, bytes: _, ...each }) => {
    const put = ([start, length]: readonly [number, number]): [number, number] => {
      parts.push(blob.subarray(start, start + length));
      end += length;
      return [end - length, length];
    };
    const array = (stored: StoredArray) => ({ ...stored, at: put(stored.at) });
    return {
      ...each,
      model: put(each.model),
      inputs: each.inputs.map(array),
      outputs: each.outputs.map(array),
    };
  });
  const head = new TextEncoder().encode(JSON.stringify({ total, cases: moved }));
  const file = new Uint8Array(4 + head.length + end);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, 4);
  let at = 4 + head.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

const slice = (
  { blob }: NodeCase,
  [start, length]: readonly [number, number],
): Uint8Array<ArrayBuffer> => Uint8Array.from(blob.subarray(start, start + length));

function numbersOf(
  each: NodeCase,
  stored: StoredArray,
): { dtype: DType; numbers: ArrayLike<number> } {
  const { buffer } = slice(each, stored.at);
  switch (stored.dtype) {
    case "float32":
      return { dtype: "float32", numbers: new Float32Array(buffer) };
    case "float64":
      return { dtype: "float64", numbers: new Float64Array(buffer) };
    case "int32":
      return { dtype: "int32", numbers: new Int32Array(buffer) };
    case "int64":
      return { dtype: "int32", numbers: Array.from(new BigInt64Array(buffer), Number) };
    case "bool":
      return { dtype: "bool", numbers: new Uint8Array(buffer) };
    default:
      return { dtype: "uint8", numbers: new Uint8Array(buffer) };
  }
}

function tensorOf(each: NodeCase, stored: StoredArray): Tensor {
  const { dtype, numbers } = numbersOf(each, stored);
  const far = 2 ** 31 - 1;
  const within = (x: number) => (dtype === "int32" ? Math.min(Math.max(x, -far - 1), far) : x);
  const make = {
    float32: Float32Array,
    float64: Float64Array,
    int32: Int32Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  };
  const data = make[dtype].from(Array.from(numbers, within));
  return fromData(data, [...stored.shape], dtype);
}

/** @param eager node by node in place of a compiled program */
export function runCase(each: NodeCase, eager: boolean): Outcome {
  let results: Record<string, Tensor>;
  try {
    const model = importOnnx(slice(each, each.model));
    const feeds = Object.fromEntries(
      each.inputs.map((stored) => [stored.name, tensorOf(each, stored)]),
    );
    results = eager ? model.apply(feeds) : model.run(feeds);
  } catch (error) {
    if (error instanceof NeuriteError) return { kind: "refused", why: error.message };
    return { kind: "broken", why: error instanceof Error ? (error.stack ?? "") : String(error) };
  }
  const faults = each.outputs.flatMap((stored) => faultsOf(each, stored, results[stored.name]));
  return faults.length === 0
    ? { kind: "passes", why: "" }
    : { kind: "wrong", why: faults.join("; ") };
}

function faultsOf(each: NodeCase, stored: StoredArray, got: Tensor | undefined): string[] {
  const { dtype, numbers } = numbersOf(each, stored);
  if (!got) return [`${stored.name} is missing`];
  if (got.dtype !== dtype || String(got.shape) !== String(stored.shape)) {
    return [
      `${stored.name}: expected ${dtype} [${stored.shape}], received ${got.dtype} [${got.shape}]`,
    ];
  }
  const { data } = got;
  // Numbers that should be 0 hold the rounding of whoever wrote them: a step of float32 at the largest.
  const largest = Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x) || 0), 0);
  const step = dtype === "float32" && Number.isFinite(largest) ? largest * 2 ** -22 : 0;
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [data[i]!, numbers[i]!];
    const same =
      Object.is(x, y) ||
      x === y ||
      Math.abs(x - y) <= Math.max(each.atol, step) + each.rtol * Math.abs(y);
    if (!same) return [`${stored.name}: element ${i} is ${x}, expected ${y}`];
  }
  return [];
}
