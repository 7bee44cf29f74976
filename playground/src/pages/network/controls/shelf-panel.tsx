// Runs that were kept, and races: the last of the page.

import { useState } from "preact/hooks";
import { useApp, useText } from "../../../app/index.ts";
import { type KeptRun, MOST_KEPT } from "../../../client/index.ts";
import type { PanelProps } from "./panel.ts";
import { Comparison } from "./runs/comparison.tsx";
import { KeptRunCard } from "./runs/kept-run-card.tsx";
import { Race } from "./runs/race.tsx";

/** Cells of a thumbnail to a side. */
const CELLS = 32;

export function ShelfPanel({ training }: PanelProps) {
  const text = useText("controls").shelf;
  const { shelf, dispatch, announcer, report } = useApp();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const runs = shelf.runs.value;
  const keep = async () => {
    const { settings, frames } = training;
    const classes = frames.info.value?.data.classes ?? null;
    if (!settings) return;
    try {
      const { step, weights, map } = await training.ask("snapshot", { cells: CELLS });
      if (shelf.runs.value.length === MOST_KEPT) announcer.say(text.full(MOST_KEPT));
      const run = shelf.keep(
        {
          settings,
          weights,
          // It may have gone on while the weights were fetched.
          history: frames.history.filter((row) => row.step <= step),
          map: map && { cells: CELLS, values: map },
          classes,
        },
        text.name,
      );
      announcer.say(text.kept(run.name));
    } catch (error) {
      report({ code: "unknown", data: { detail: (error as Error).message } });
    }
  };
  const restore = (run: KeptRun) => {
    training.load(run.settings, run.weights, run.history);
    dispatch({ kind: "set", settings: run.settings });
    announcer.say(text.restored(run.name));
  };
  const choose = (id: number, isChosen: boolean) => {
    const others = chosen.filter((other) => other !== id);
    setChosen(isChosen ? [...others, id].slice(-2) : others);
  };
  const pair = chosen.flatMap((id) => runs.filter((run) => run.id === id));
  const [a, b] = pair;
  return (
    <div class="controls shelf-panel" data-what="shelf">
      <div class="button-row">
        <button type="button" class="primary" onClick={() => void keep()}>
          {text.keep}
        </button>
        <span class="hint">{runs.length === 0 ? text.empty : ""}</span>
      </div>
      {runs.length > 0 && (
        <ul class="run-list">
          {runs.map((run) => (
            <KeptRunCard
              key={run.id}
              run={run}
              first={runs[0]!}
              isChosen={chosen.includes(run.id)}
              onChoose={(isChosen) => choose(run.id, isChosen)}
              onRestore={() => restore(run)}
            />
          ))}
        </ul>
      )}
      {runs.length > 1 && !b && <p class="hint">{text.choose}</p>}
      {a && b && <Comparison runs={[a, b]} />}
      <Race />
    </div>
  );
}
