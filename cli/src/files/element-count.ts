// How many elements an array of a shape has.

/** 1 for a shape without axes. The library keeps its own: what it exported would be checked in every bundle. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
