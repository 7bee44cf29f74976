/** Medians, quartiles and what rounds of the same peer say together. */

/** @returns {number} the value below which the share `q` of the numbers lies, interpolated */
export function quantile(numbers, q) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (numbers) => quantile(numbers, 0.5);

/** Less of a processor than this, and others were at work on the machine. */
const UNDISTURBED = 0.9;

/** All blocks of all rounds; those that were disturbed count only where hardly any others are. */
function blocksOf(rounds) {
  const all = rounds.flatMap(({ stepMicroseconds, cores }) =>
    stepMicroseconds.map((microseconds, i) => ({ microseconds, cores: cores[i] })),
  );
  const undisturbed = all.filter(({ cores }) => cores >= UNDISTURBED);
  return undisturbed.length >= Math.min(5, all.length) ? undisturbed : all;
}

/** The rounds of one peer on one workload as one result. */
export function summarise(rounds) {
  const missing = rounds.find(({ absent }) => absent);
  if (missing) return { versions: missing.versions ?? {}, absent: missing.absent };
  const blocks = blocksOf(rounds);
  const times = blocks.map(({ microseconds }) => microseconds);
  const fresh = rounds[0].caches ? rounds.slice(0, 1) : rounds; // before the compiler had a cache
  const latency = (field) => median(fresh.map((round) => round[field]));
  return {
    versions: rounds[0].versions,
    notes: rounds[0].notes,
    losses: rounds[0].losses,
    microseconds: {
      median: median(times),
      quartiles: [quantile(times, 0.25), quantile(times, 0.75)],
    },
    compileMs: latency("compileMs"),
    firstStepMs: latency("firstStepMs"),
    steadyMs: latency("steadyMs"),
    cores: median(blocks.map(({ cores }) => cores)),
    peakRssMb: Math.max(...rounds.map(({ peakRssMb }) => peakRssMb)),
    rounds,
  };
}
