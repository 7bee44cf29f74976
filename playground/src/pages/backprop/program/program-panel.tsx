// Static and dynamic: the formula recorded as it runs, and compiled once with its gradient, stage by stage.

import { useEffect, useState } from "preact/hooks";
import { useApp, useSlice, useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { StageView } from "../../../widgets/stage-view/stage-view.tsx";
import { plain } from "../numbers.ts";
import { useJob } from "../source/use-job.ts";
import type { Graph } from "../walk/walk.ts";
import { BranchPanel } from "./branch-panel.tsx";

export function ProgramPanel({ graph }: { graph: Graph }) {
  const text = useText("backprop");
  const at = Object.fromEntries(graph.inputs.map(({ name, value }) => [name, value]));
  const asks = { text: graph.text, at };
  const { gives } = useJob("program", graph.inputs.length > 0 ? asks : null);
  return (
    <section class="program-panel" aria-labelledby="program">
      <h2 id="program">{text.program}</h2>
      <p>{text.programSays}</p>
      {gives && (
        <>
          <Recorded key={graph.text} nodes={gives.recorded} />
          <section aria-labelledby="compiled">
            <h3 id="compiled">{text.compiled}</h3>
            <p>
              {text.compiledSays(gives.nodes, gives.kernels)}{" "}
              {gives.isSame ? text.isSame : text.isOther}
            </p>
            <StageView
              stages={gives.stages.map((stage) => ({
                ...stage,
                title: text.stages[stage.name as keyof typeof text.stages] ?? stage.name,
              }))}
              keys={text.stageKeys}
              kernelsLabel={text.memoryLabel}
            />
            <Times asks={asks} />
          </section>
        </>
      )}
      <BranchPanel />
    </section>
  );
}

const LINE_MS = 350;

/** Nodes appear one by one, as they are recorded. */
function Recorded({ nodes }: { nodes: Jobs["program"]["gives"]["recorded"] }) {
  const text = useText("backprop");
  const isCalm = useSlice((state) => state.reducedMotion);
  const [shown, setShown] = useState(1);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    if (shown >= nodes.length) {
      setRunning(false);
      return;
    }
    const timer = setTimeout(
      () => setShown(isCalm ? nodes.length : shown + 1),
      isCalm ? 0 : LINE_MS,
    );
    return () => clearTimeout(timer);
  }, [isRunning, shown, nodes.length, isCalm]);
  const isDone = shown >= nodes.length;
  return (
    <section aria-labelledby="recorded">
      <h3 id="recorded">{text.recorded}</h3>
      <div class="row">
        <button type="button" disabled={isDone} onClick={() => setShown(shown + 1)}>
          {text.runOn}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            if (isDone) setShown(1);
            setRunning(true);
          }}
        >
          {isDone ? text.runAgain : text.runAll}
        </button>
        <output>{text.recordedCount(Math.min(shown, nodes.length), nodes.length)}</output>
      </div>
      <ol class="recorded">
        {nodes.slice(0, shown).map(({ name, op, reads, value }, i) => (
          <li key={`${i} ${name}`}>
            <code>
              {name} = {op}({op === "constant" ? plain(value) : reads.join(", ")})
            </code>
            <span class="recorded-value">{plain(value, 6)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Measured when the reader wishes it. */
function Times({ asks }: { asks: Jobs["program"]["asks"] }) {
  const text = useText("backprop");
  const app = useApp();
  const [times, setTimes] = useState<Jobs["programTimes"]["gives"] | "busy" | null>(null);
  const key = JSON.stringify(asks);
  useEffect(() => setTimes(null), [key]);
  const measure = () => {
    setTimes("busy");
    app
      .training()
      .ask("programTimes", asks)
      .then(setTimes, () => setTimes(null));
  };
  const shown = (x: number) => plain(x, 3);
  return (
    <div class="row times">
      <button type="button" disabled={times === "busy"} onClick={measure}>
        {times === "busy" ? text.measuring : text.measure}
      </button>
      <p role="status">
        {times !== null &&
          times !== "busy" &&
          text.times(
            shown(times.recorded),
            shown(times.compiled),
            shown(times.compiling),
            times.calls,
          )}
      </p>
    </div>
  );
}
