// Arrays that notice how they are used: what is read or written out of bounds, what never is written.

import { allocate, type DataArray } from "../ir/dtype.ts";
import { sizeOf } from "../ir/shape.ts";
import { showType, type TensorType } from "../ir/type.ts";
import type { NdArray } from "./define.ts";

export interface Watched {
  readonly array: NdArray;
  /** What went out of bounds, in words. */
  readonly problems: () => string[];
  /** How many elements nobody wrote. */
  readonly unwritten: () => number;
}

/** The same elements, behind a proxy that an op's definition can use as a typed array. */
export function watch({ data, ...type }: NdArray): Watched {
  const problems = new Set<string>();
  const written = new Uint8Array(data.length);
  const say = (what: string) => problems.add(`${showType(type)} ${what}`);
  return {
    array: { ...type, data: proxyOf(data, written, say) },
    problems: () => [...problems],
    unwritten: () => written.filter((mark) => mark === 0).length,
  };
}

/** An array of zeros to be filled. */
watch.empty = (type: TensorType): Watched =>
  watch({ ...type, data: allocate(type.dtype, sizeOf(type.shape)) });

function proxyOf(data: DataArray, written: Uint8Array, say: (what: string) => void): DataArray {
  const isOutside = (key: string | symbol, verb: string): boolean => {
    if (typeof key === "symbol") return false;
    const place = Number(key);
    const inside = Number.isInteger(place) && place >= 0 && place < data.length;
    const isName = Number.isNaN(place) && key !== "undefined" && key !== "NaN";
    const outside = !inside && !isName;
    if (outside) say(`is ${verb} at ${key}`);
    return outside;
  };
  const methods: Record<string, unknown> = {
    set: (source: ArrayLike<number>, offset = 0) => {
      data.set(source, offset); // throws where it does not fit
      written.fill(1, offset, offset + source.length);
    },
    fill: (element: number, start?: number, end?: number) => {
      data.fill(element, start, end);
      written.fill(1, start, end);
    },
    subarray: (start?: number, end?: number) =>
      proxyOf(data.subarray(start, end), written.subarray(start, end), say),
  };
  return new Proxy(data, {
    get(target, key) {
      if (typeof key === "string" && key in methods) return methods[key];
      if (isOutside(key, "read")) return undefined;
      const found: unknown = Reflect.get(target, key, target);
      return typeof found === "function" ? found.bind(target) : found;
    },
    set(target, key, element) {
      if (isOutside(key, "written")) return true;
      target[Number(key)] = element;
      written[Number(key)] = 1;
      return true;
    },
  });
}
