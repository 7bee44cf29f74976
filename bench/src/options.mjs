/** What the options of the benchmarks may say. */

/** @returns {number} a whole number above 0 */
export function countOf(option, text) {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${option}: expected a whole number above 0. Received "${text}".`);
}
