// The digits for tests of experiments, read once for all files of a process; no flowers.

import { pickExamples } from "../../data/dataset.ts";
import { loadMnist } from "../../data/node/mnist.ts";
import type { Claim } from "./claim.ts";
import type { Mnist } from "./mnist.ts";
import type { ExperimentRun, Sources } from "./run.ts";

let digits: Promise<Mnist> | undefined;

/** What an experiment on digits is given. */
export const DIGITS: Sources = {
  mnist: () => {
    digits ??= loadMnist();
    return digits;
  },
  iris: () => {
    throw new Error("no flowers");
  },
};

/** The same with few test images, which are most of the time of a short run. */
export const FEW_TESTS: Sources = {
  ...DIGITS,
  mnist: async () => {
    const { train, test } = await DIGITS.mnist();
    return {
      train,
      test: pickExamples(
        test,
        Array.from({ length: 50 }, (_, row) => row),
      ),
    };
  },
};

/** The claims of a run that are off, which a test expects to be none. */
export function offOf(run: ExperimentRun | readonly Claim[]): readonly Claim[] {
  const claims = "claims" in run ? run.claims : run;
  if (claims.length === 0) throw new Error("no claims");
  return claims.filter(({ holds }) => !holds);
}
