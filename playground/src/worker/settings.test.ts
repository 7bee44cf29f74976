/** Everything that the controls can choose is something that the library trains. */
import { describe, expect, it } from "vitest";
import {
  ACTIVATIONS,
  activationOf,
  CONVENTIONS,
  INITIALIZERS,
  LOSSES,
  OPTIMIZERS,
  PRESET_GROUPS,
  SCHEDULES,
  SETS,
  type Settings,
  stackOf,
  type Task,
  withData,
  withDropout,
  withInitializer,
  withLayer,
  withLoss,
  withOptimizer,
  withOutput,
  withRegularizer,
  withSchedule,
  XOR,
} from "../state/index.ts";
import { startRun } from "./run/live-run.ts";

/** Trains three steps; the loss is a number all along. */
async function trains(settings: Settings): Promise<void> {
  const live = await startRun(settings);
  await live.timeline.advance(3);
  expect(live.timeline.badStep).toBeNull();
}

const small = (name: string) => {
  const isAny = SETS[name] === "any";
  return name === "xor" ? { name } : { name, samples: 20, ...(isAny && { classes: 4 }) };
};
const tasks: Readonly<Record<Task, Settings>> = {
  two: XOR,
  many: withData(XOR, { run: small("arms") }),
  values: withData(XOR, { run: small("regressionWaves") }),
};

it.each(Object.keys(SETS))("trains on %s", async (name) => {
  await trains(withData(XOR, { run: small(name) }));
});

describe.each(Object.entries(LOSSES) as [Task, (typeof LOSSES)[Task]][])("%s", (task, losses) => {
  it.each(Object.entries(losses))(
    "trains %s under each output activation",
    async (loss, outputs) => {
      for (const activation of outputs) {
        const settings = withLoss(tasks[task], loss);
        const run = withOutput(settings.run, { activation });
        expect(activationOf(stackOf(run)!.output)).toBe(activation);
        await trains({ ...settings, run });
      }
    },
  );
});

it.each(Object.keys(OPTIMIZERS))("trains by %s", async (name) => {
  await trains({ ...XOR, run: withOptimizer(XOR.run, name) });
});

it.each(Object.keys(SCHEDULES))("trains by the schedule %s", async (name) => {
  await trains({ ...XOR, run: withSchedule(XOR.run, name) });
});

it.each(
  Object.values(PRESET_GROUPS).flatMap((group) => Object.entries(group) as [string, Settings][]),
)("trains the preset %s", async (_, settings) => await trains(settings));

it("trains with dropout, whose share comes and goes without new weights", async () => {
  await trains({ ...XOR, run: withDropout(XOR.run, 0, 0.5) });
});

it("trains with every activation, initializer and penalty of the menus", async () => {
  for (const activation of ACTIVATIONS) {
    await trains({ ...XOR, run: withLayer(XOR.run, 0, { activation }) });
  }
  for (const weights of INITIALIZERS) {
    await trains({ ...XOR, run: withInitializer(XOR.run, weights) });
  }
  for (const convention of CONVENTIONS) {
    for (const kind of ["l1", "l2"] as const) {
      await trains({ ...XOR, run: withRegularizer(XOR.run, { kind, convention }) });
    }
  }
});
