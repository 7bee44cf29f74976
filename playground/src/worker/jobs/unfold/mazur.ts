// The job `mazur`: Mazur's network trained by both schemes, from the library's own program of the example.

import { mazur } from "neurite/books";
import type { MazurScheme } from "../../../protocol/jobs/unfold.ts";
import type { Job } from "../job.ts";

export const mazurSchemes: Job<"mazur"> = ({ steps, rate }) => {
  const trained = (scheme: MazurScheme) => {
    const { start, backward, afterOne, afterAll } = mazur.train({
      scheme,
      steps,
      learningRate: rate,
    });
    return {
      start: start.error,
      afterOne: afterOne.error,
      afterAll: afterAll.error,
      weights: afterOne.weights,
      deltaH: backward.deltaH,
    };
  };
  return { simultaneous: trained("simultaneous"), sequential: trained("sequential") };
};
