// Conversion between element types, as every engine must do it.

import { allocate, type DataArray, type DType, isFloat } from "../../ir/dtype.ts";

/**
 * `data` as another element type. Floats go to integers towards zero, clamped to their range, NaN to
 * 0; anything but zero is true; integers wrap.
 */
export function convert(data: DataArray, from: DType, to: DType): DataArray {
  const out = allocate(to, data.length);
  if (to === "bool") {
    for (let i = 0; i < data.length; i++) out[i] = data[i] === 0 ? 0 : 1;
  } else if (isFloat(from) && !isFloat(to)) {
    const [low, high] = to === "int32" ? [-2147483648, 2147483647] : [0, 255];
    for (let i = 0; i < data.length; i++) {
      out[i] = Math.min(Math.max(Math.trunc(data[i]!), low!), high!); // NaN becomes 0 on storing
    }
  } else {
    out.set(data);
  }
  return out;
}
