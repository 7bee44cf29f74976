// Rates go by thirds: 0.01, 0.03, 0.1, 0.3, as in TF Playground.

/** The next rate of 1 or 3 times a power of ten, up or down. */
export function nextRate(value: number, direction: 1 | -1): number {
  if (value <= 0) return direction === 1 ? 1e-5 : 0;
  const low = Math.floor(Math.log10(value)) - 1;
  const steps = [0, 1, 2, 3].flatMap((i) => {
    const power = Number((10 ** (low + i)).toPrecision(1));
    return [power, Number((3 * power).toPrecision(1))];
  });
  const isFar = (step: number) => Math.abs(step - value) > 1e-6 * value;
  const next =
    direction === 1
      ? steps.find((step) => step > value && isFar(step))
      : steps.findLast((step) => step < value && isFar(step));
  return next ?? value;
}
