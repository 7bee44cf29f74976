/**
 * Every number that Nielsen's seeded network2 runs print, the one of 400 epochs included, against the
 * build: `npm run build && node scripts/reproduce-long.mjs`. Takes a few minutes; fails on a mismatch.
 */
import { compareEpoch, runNetwork2, showClaims } from "neurite/books";
import { loadMnist } from "neurite/data/node";

const OVERFITTING = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "large",
  eta: 0.5,
  lambda: 0,
  miniBatch: 10,
  epochs: 400,
  train: 1000,
  monitor: "test",
  seed: 12345678,
};

const RUNS = {
  "1,000 images, lambda 0": OVERFITTING,
  "1,000 images, lambda 0.1": { ...OVERFITTING, lambda: 0.1, epochs: 2 },
  "50,000 images, lambda 0": { ...OVERFITTING, train: 50_000, epochs: 1 },
  "50,000 images, default initialisation, eta 0.1, lambda 5": {
    ...OVERFITTING,
    init: "default",
    eta: 0.1,
    lambda: 5,
    train: 50_000,
    monitor: "validation",
    epochs: 1,
  },
};

/** How many numbers there are to compare: fewer means that a run was not recognised. */
const NUMBERS = 17;

const mnist = await loadMnist();
let compared = 0;
let wrong = 0;
for (const [name, options] of Object.entries(RUNS)) {
  const start = performance.now();
  for (const report of runNetwork2(options, mnist)) {
    const claims = compareEpoch(options, report);
    if (claims.length === 0) continue;
    console.log(`${name}, epoch ${report.epoch}\n${showClaims(claims)}\n`);
    compared += claims.length;
    wrong += claims.filter((claim) => !claim.holds).length;
  }
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
console.log(`${compared - wrong} of ${NUMBERS} numbers agree.`);
if (compared !== NUMBERS || wrong > 0) process.exitCode = 1;
