// The elements of a tensor as a JSON array, exact for every element type: numbers, and as strings the
// four that JSON has no number for.

import { allocate, type DataArray, type DType, isFloat, RANGES } from "../dtype.ts";
import { shortest } from "../numeral.ts";
import { readList, unexpected } from "./readers.ts";

export type ElementJSON = number | "NaN" | "Infinity" | "-Infinity" | "-0";

const SPECIAL = { NaN: Number.NaN, Infinity: Infinity, "-Infinity": -Infinity, "-0": -0 } as const;

/** Float32 elements get the fewest digits that read back as the same float32. */
export function dataToJSON(data: DataArray, dtype: DType): ElementJSON[] {
  return Array.from(data, (x) => {
    if (Object.is(x, -0)) return "-0";
    return Number.isFinite(x) ? shortest(x, dtype) : (String(x) as ElementJSON);
  });
}

/** @throws ArgumentError at an element that the element type cannot hold */
export function dataFromJSON(json: unknown, path: string, dtype: DType): DataArray {
  const elements = readList(json, path, (item, at) => readElement(item, at, dtype));
  const data = allocate(dtype, elements.length);
  data.set(elements);
  return data;
}

function readElement(json: unknown, path: string, dtype: DType): number {
  if (isFloat(dtype)) {
    const round = dtype === "float32" ? Math.fround : Number;
    if (typeof json === "number" && Number.isFinite(round(json))) return json;
    if (typeof json === "string" && Object.hasOwn(SPECIAL, json)) {
      return SPECIAL[json as keyof typeof SPECIAL];
    }
    throw unexpected(path, `a ${dtype}, "NaN", "Infinity", "-Infinity" or "-0"`, json);
  }
  const [low, high] = RANGES[dtype]!;
  if (Number.isInteger(json) && (json as number) >= low && (json as number) <= high) {
    return json as number;
  }
  throw unexpected(path, `an integer from ${low} to ${high}`, json);
}
