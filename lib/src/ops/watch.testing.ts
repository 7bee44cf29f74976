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
  const isOutside = (key: string | symbol, verb: string): boolean => {
    if (typeof key === "symbol" || Number.isNaN(Number(key))) {
      if (key === "undefined" || key === "NaN") problems.add(`${verb} at ${key}`);
      return key === "undefined" || key === "NaN";
    }
    const inside = Number.isInteger(Number(key)) && Number(key) >= 0 && Number(key) < data.length;
    if (!inside) problems.add(`${showType(type)} ${verb} at ${key}`);
    return !inside;
  };
  const proxy = new Proxy(data, {
    get(target, key) {
      if (isOutside(key, "read")) return undefined;
      if (key === "set") {
        return (source: ArrayLike<number>, offset = 0) => {
          target.set(source, offset); // throws where it does not fit
          written.fill(1, offset, offset + source.length);
        };
      }
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
  return {
    array: { ...type, data: proxy as DataArray },
    problems: () => [...problems],
    unwritten: () => written.filter((mark) => mark === 0).length,
  };
}

/** An array of zeros to be filled. */
watch.empty = (type: TensorType): Watched =>
  watch({ ...type, data: allocate(type.dtype, sizeOf(type.shape)) });
