// Quantiles of plain numbers: what fitting to data and looking at results count with.

/** All that are no NaN, from the smallest to the largest, copied. */
export function sortedNumbers(values: ArrayLike<number>): Float64Array {
  // NaN sorts last.
  const sorted = new Float64Array(values).sort();
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--;
  return sorted.subarray(0, end);
}

/** As `quantile` by "linear": between two neighbours in proportion; NaN of none. @param sorted from the smallest on */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a === b ? a : a + (b - a) * (place - low);
}
