// Nielsen, chapter 1: two baselines for the digits: how dark an image is on average, and a support vector machine.

import { above, between } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { countedWithin, experimentPoint, type Parameters } from "../../shared/parameters.ts";
import type { Sources } from "../../shared/run.ts";
import { DIGIT_PAIRS, type PairMachine, rightByVote, trainPair } from "./support-vectors.ts";

const PIXELS = 784;

/** How dark each of some images is: the sum of its pixels / 256, as the book's loader has them. */
function darknesses({ x }: Mnist["train"], count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let p = row * PIXELS; p < (row + 1) * PIXELS; p++) sum += x.data[p]!;
    return sum / 256;
  });
}

/** The mean darkness of each digit over the first images. */
export function averageDarkness(train: Mnist["train"], count: number): number[] {
  const dark = darknesses(train, count);
  const [sums, counts] = [new Float64Array(10), new Float64Array(10)];
  dark.forEach((darkness, row) => {
    const digit = train.y.data[row]!;
    sums[digit]! += darkness;
    counts[digit]! += 1;
  });
  return Array.from(sums, (sum, digit) => sum / counts[digit]!);
}

/** The percentage of images whose digit is the one of nearest average darkness. */
export function rightByDarkness({ train, test }: Mnist, images: number): number {
  const averages = averageDarkness(train, images);
  const dark = darknesses(test, test.x.shape[0]!);
  const right = dark.filter((darkness, row) => {
    const apart = averages.map((average) => Math.abs(average - darkness));
    return apart.indexOf(Math.min(...apart)) === test.y.data[row];
  });
  return (100 * right.length) / dark.length;
}

/** What the experiment may be told instead. */
export interface BaselinesPoint {
  readonly images: number;
  readonly learn: number;
  readonly judge: number;
}

/** The book's point of this experiment; the machine of the book learns from all 50,000 images. */
export const PARAMETERS: Parameters<BaselinesPoint> = {
  images: countedWithin("training images of the average darkness", 50_000, [10, 60_000]),
  learn: countedWithin("training images of the support vector machine", 1_000, [100, 60_000]),
  judge: countedWithin("test images that it is judged by", 1_000, [1, 10_000]),
};

const FEW =
  "The book's machine learns from 50,000 images, which takes minutes: `--full`. Its library was scikit-learn " +
  "with C = 1 and gamma = 1/784, one machine for each of the 45 pairs of digits.";

/** Darkness to the image; the support vector machine on few images between darkness and its own whole. */
export async function claims(given: Partial<BaselinesPoint>, { mnist }: Sources): Promise<Claim[]> {
  const { images, learn, judge } = experimentPoint("baselines", PARAMETERS, given);
  const digits = await mnist();
  const averages = averageDarkness(digits.train, images);
  const machines = DIGIT_PAIRS.map((pair) => trainPair(digits.train, learn, pair));
  const right = (100 * rightByVote(digits, machines, judge)) / judge;
  const byDarkness = rightByDarkness(digits, images);
  const vectors = new Set(machines.flatMap((machine) => machine.vectors)).size;
  return [
    claim("average darkness: percent right", 22.25, byDarkness, decimals(2)),
    claim("darkest digit", 0, averages.indexOf(Math.max(...averages)), 0),
    claim("lightest digit", 1, averages.indexOf(Math.min(...averages)), 0),
    between(`support vectors from ${learn} images: percent right`, [byDarkness, 94.35], right, {
      places: 2,
      note: FEW,
    }),
    above("support vectors, of all images", 0.3, vectors / learn, { places: 2 }),
  ];
}

/** The whole support vector machine, pair by pair. */
export const full: FullRun = {
  seconds: 900,
  parameters: {
    learn: countedWithin("training images of the support vector machine", 50_000, [100, 60_000]),
  },
  async run(given, { mnist }, { store, report }) {
    const { learn } = experimentPoint("baselines", full.parameters, given) as { learn: number };
    const digits = await mnist();
    const machines: PairMachine[] = [];
    for (const pair of DIGIT_PAIRS) {
      const trained = await once(store, pair.join("-"), () => trainPair(digits.train, learn, pair));
      machines.push(trained);
      report(`${pair.join(" or ")}: ${trained.vectors.length} support vectors`);
    }
    const images = digits.test.x.shape[0]!;
    const right = await once(store, "right", () => rightByVote(digits, machines, images));
    const percent = (100 * right) / images;
    return {
      claims: [claim("support vector machine: percent right", 94.35, percent, decimals(2))],
    };
  },
};
