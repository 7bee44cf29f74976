// The flags by which a run watches itself: early stopping, and halving of the rate.

import { halveLearningRate, type RunSpecInput } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import { forFlag } from "../terminal/names.ts";
import { given, type RunFlags } from "./flags.ts";

type Watch = Pick<RunSpecInput, "stopping" | "halving">;

/** @throws UsageError for a figure that nothing watches, or that there will not be */
export function changeWatch(spec: RunSpecInput, flags: RunFlags): Watch {
  const { patience, restoreBest, halving, monitor } = flags;
  const watch: Watch = {
    stopping: spec.stopping,
    halving: spec.halving,
    ...(patience !== undefined && { stopping: stoppingOf(spec, patience) }),
    ...(halving && { halving: halving.patience === 0 ? undefined : halving }),
  };
  if (halving && halving.patience > 0) forFlag("--halving", () => halveLearningRate(halving));
  if (monitor !== undefined && !watch.stopping && !watch.halving) {
    throw new UsageError("--monitor: expected something that watches: --patience or --halving");
  }
  if (restoreBest !== undefined && !watch.stopping) {
    throw new UsageError("--restore-best: expected --patience, which looks for the best epoch");
  }
  const watching: Watch = {
    stopping: watch.stopping && { ...watch.stopping, ...given({ monitor, restoreBest }) },
    halving: watch.halving && { ...watch.halving, ...given({ monitor }) },
  };
  const isAsked = patience || halving || monitor !== undefined;
  if (isAsked) expectSplit(watching, flags.validationSplit ?? spec.training.validationSplit ?? 0);
  return watching;
}

/** Whoever stops late wants what was best before. */
function stoppingOf({ stopping }: RunSpecInput, patience: number): Watch["stopping"] {
  return patience === 0 ? undefined : { restoreBest: true, ...stopping, patience };
}

function expectSplit({ stopping, halving }: Watch, split: number): void {
  const figures = [stopping, halving].flatMap((watch) =>
    watch ? [watch.monitor ?? "valLoss"] : [],
  );
  const figure = figures.find((name) => /^val[A-Z]/.test(name));
  if (figure === undefined || split > 0) return;
  throw new UsageError(
    `--${stopping ? "patience" : "halving"}: it watches ${figure}, so that examples must be set aside: ` +
      "give --validation-split 0.1, or another figure by --monitor loss",
  );
}
