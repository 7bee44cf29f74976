/** What was measured of a net, as lines. */

import { quantile } from "./cost.mjs";

const ROWS = {
  page: "ours, in the page: frames, views and losses included",
  alone: "ours, what its worker trains in the time it trains",
  "library worker": "the library in a worker",
  "losses worker": "the library, losses of all data after each epoch",
  "training worker": "TF Playground's training, inputs ready, in a worker",
  "training page": "  on the page's main thread",
  "oneStep worker": "TF Playground's oneStep without drawing, in a worker",
  "oneStep page": "  on the page's main thread",
  "objects worker": "an object a unit, as one would write it first",
};
const MEASURES = ["window", "block", "processor"];

/** What is divided by what, as each of the measures gives it. */
const RATIOS = [
  ["page", "training", "page / TF Playground's training"],
  ["page", "oneStep", "page / TF Playground's oneStep"],
  ["page", "objects", "page / an object a unit"],
  ["library", "training", "library / TF Playground's training"],
  ["losses", "oneStep", "library with losses / TF Playground's oneStep"],
];

/** The best of all turns, of a worker and the main thread the better; NaN where it was not measured. */
function bestOf(turns, name, measure) {
  const keys = Object.keys(turns[0]).filter((key) => key.split(" ")[0] === name);
  const rates = turns.flatMap((turn) => keys.map((key) => turn[key][measure] ?? Number.NaN));
  return Math.max(...rates.filter(Number.isFinite));
}

const shown = (number) => (Number.isFinite(number) ? number.toPrecision(3) : "").padStart(10);
const line = (name, numbers) => `  ${name.padEnd(54)}${numbers.map(shown).join("")}`;

export function showNet({ title }, turns) {
  const rows = Object.entries(ROWS).map(([key, name]) => {
    const only = turns.map((turn) => ({ [key]: turn[key] }));
    return line(
      name,
      MEASURES.map((measure) => bestOf(only, key.split(" ")[0], measure) / 1e6),
    );
  });
  const ratios = RATIOS.flatMap(([own, other, name]) => {
    const ratio = (some, measure) => bestOf(some, own, measure) / bestOf(some, other, measure);
    const best = MEASURES.map((measure) => ratio(turns, measure));
    const usual = MEASURES.map((measure) => {
      return quantile(
        turns.map((turn) => ratio([turn], measure)),
        0.5,
      );
    });
    return [line(name, best), line("  in the median of turns", usual)];
  });
  const head = `${title.padEnd(56)}${MEASURES.map((name) => name.padStart(10)).join("")}`;
  return ["", head, ...rows, ...ratios].join("\n");
}
