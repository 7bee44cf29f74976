// The job `race`: several settings side by side, each from new weights, epoch by epoch.

import type { Problem, RaceRow, Runner } from "../../protocol/index.ts";
import type { Settings } from "../../state/index.ts";
import { problemOf } from "../problem-error.ts";
import { metricsOf } from "../run/judgement.ts";
import { type LiveRun, startRun } from "../run/live-run.ts";
import type { Job } from "./job.ts";

export const race: Job<"race"> = async ({ runners, epochs }, _live, tell) => {
  const lanes: Lane[] = [];
  for (const settings of runners) lanes.push(await Lane.of(settings));
  for (const epoch of epochs) {
    for (const lane of lanes) await lane.runTo(epoch);
    tell?.(lanes.map((lane) => lane.now()));
  }
  return lanes.map((lane) => lane.now());
};

/** One runner. What cannot be trained stands where it is, and the others run on. */
class Lane {
  readonly #live: LiveRun | null;
  readonly #problem: Problem | null;
  #rows: readonly RaceRow[] = [];

  private constructor(live: LiveRun | null, problem: Problem | null) {
    this.#live = live;
    this.#problem = problem;
  }

  static async of(settings: Settings): Promise<Lane> {
    try {
      return new Lane(await startRun(settings), null);
    } catch (error) {
      return new Lane(null, problemOf(error));
    }
  }

  async runTo(epoch: number): Promise<void> {
    const live = this.#live;
    if (live === null || live.timeline.badStep !== null) return;
    const { timeline } = live;
    await timeline.advance(epoch * timeline.stepsPerEpoch - timeline.step);
    if (timeline.badStep !== null) return;
    this.#rows = [...this.#rows, { epoch, ...(await metricsOf(live)) }];
  }

  now(): Runner {
    const variables = this.#live?.timeline.model.instance.params.variables.values();
    return {
      rows: this.#rows,
      badStep: this.#live?.timeline.badStep ?? null,
      parameters: variables ? [...variables].reduce((sum, { size }) => sum + size, 0) : null,
      problem: this.#problem,
    };
  }
}
