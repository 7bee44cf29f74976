// Losses and penalties as Python expressions, which mean what they mean here, sums and means alike.

import { ArgumentError } from "../../checks/errors.ts";
import type { RegularizerSpec } from "../../spec/parts.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import type { ArrayWords } from "./dialect.ts";

interface LossParts {
  readonly fromLogits: boolean;
  readonly delta: number;
  readonly w: ArrayWords;
}

const call =
  (name: string) =>
  ({ of, last }: ArrayWords, x: string) =>
    `${of}.${name}(${x}, ${last})`;
const [sum, mean] = [call("sum"), call("mean")];

/** A probability of 0 costs as much as the smallest normal float does: 87.3. */
const log = ({ of, atLeast }: ArrayWords, x: string) => `${of}.log(${atLeast(x, 1.1754944e-38)})`;
const square = ({ of }: ArrayWords, x: string) => `${of}.square(${x})`;

function binary({ fromLogits, w }: LossParts): string {
  if (!fromLogits) return `-(y * ${log(w, "a")} + (1 - y) * ${log(w, "1 - a")})`;
  return `${w.of}.relu(a) - a * y + ${w.of}.log1p(${w.of}.exp(-${w.of}.abs(a)))`;
}

function choice({ fromLogits, w }: LossParts): string {
  const logs = fromLogits ? `(a - ${w.of}.logsumexp(a, ${w.last}, ${w.keep}))` : log(w, "a");
  return `-${sum(w, `y * ${logs}`)}`;
}

/** The loss of each example, in y and a. Labels come as rows with a one. */
const LOSSES: Readonly<Record<string, (parts: LossParts) => string>> = {
  quadratic: ({ w }) => `0.5 * ${sum(w, square(w, "a - y"))}`,
  meanSquaredError: ({ w }) => mean(w, square(w, "a - y")),
  meanAbsoluteError: ({ w }) => mean(w, `${w.of}.abs(a - y)`),
  huber: ({ w, delta }) => {
    const near = `${w.of}.${w.clip}(a - y, ${-delta}, ${delta})`;
    return mean(w, `${near} * (a - y - 0.5 * ${near})`);
  },
  binaryCrossentropy: (parts) => mean(parts.w, binary(parts)),
  crossEntropy: (parts) => sum(parts.w, binary(parts)),
  categoricalCrossentropy: choice,
  sparseCategoricalCrossentropy: choice,
  logLikelihood: choice,
};

/** Losses whose targets are one class of several. */
export const OF_CLASSES: readonly string[] = [
  "categoricalCrossentropy",
  "sparseCategoricalCrossentropy",
  "logLikelihood",
];

/** @throws ArgumentError for a loss or an option that has no such expression */
export function lossWords(caller: string, loss: RunSpec["loss"], words: ArrayWords): string {
  const { name, options } = lossNamed(caller, loss);
  const smoothing = Number(options["labelSmoothing"] ?? 0);
  if (smoothing !== 0) {
    throw new ArgumentError(`${caller}: labelSmoothing cannot be written in Python`);
  }
  const { fromLogits = false, delta = 1 } = options as { fromLogits?: boolean; delta?: number };
  return LOSSES[name]!({ fromLogits, delta, w: words });
}

/** The loss's name and options. @throws ArgumentError for several losses, or an unknown one */
export function lossNamed(
  caller: string,
  loss: RunSpec["loss"],
): { readonly name: string; readonly options: Readonly<Record<string, unknown>> } {
  const { name, ...options } =
    typeof loss === "string" ? { name: loss } : (loss as Record<string, unknown>);
  if (typeof name !== "string" || !Object.hasOwn(LOSSES, name)) {
    throw new ArgumentError(
      `${caller}: the loss ${typeof name === "string" ? `"${name}"` : "of several outputs"} cannot be ` +
        `written in Python: those that can are ${Object.keys(LOSSES).join(", ")}`,
    );
  }
  return { name, options };
}

/** What lambda is multiplied by: n is the number of training examples, batches those of an epoch. */
const FACTORS: Readonly<Record<RegularizerSpec["convention"], string>> = {
  network2: " / n",
  network3: " / batches",
  nndl: "",
  playground: "",
  keras: "",
};

/** What all penalties together add for the weights w of one layer; null for none. */
export function penaltyWords(
  regularizer: RunSpec["regularizer"],
  { of }: ArrayWords,
): string | null {
  const all = regularizer === undefined ? [] : [regularizer].flat();
  const terms = (all as readonly RegularizerSpec[]).map(({ kind, lambda, convention }) => {
    const half = kind === "l2" && convention !== "keras" ? "0.5 * " : "";
    const total = kind === "l2" ? `${of}.sum(${of}.square(w))` : `${of}.sum(${of}.abs(w))`;
    return `${half}${lambda}${FACTORS[convention]} * ${total}`;
  });
  return terms.length === 0 ? null : terms.join(" + ");
}
