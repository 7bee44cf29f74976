// Where an axis of epochs is marked: epochs are whole.

/** Whole numbers from one to another, ten or so; the ends need not be whole. */
export function epochTicks(from: number, to: number): number[] {
  const [first, last] = [Math.ceil(from), Math.floor(to)];
  const count = last - first + 1;
  const step = count <= 10 ? 1 : Math.ceil(count / 50) * 5;
  const all = Array.from({ length: Math.max(count, 0) }, (_, i) => first + i);
  return all.filter((epoch) => epoch % step === 0);
}
