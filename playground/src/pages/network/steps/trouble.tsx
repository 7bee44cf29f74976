// What is wrong with the run, asked for or where training has broken: causes, the way back, and remedies to try.

import { useEffect, useState } from "preact/hooks";
import { useApp, useLatest, useSlice, useText } from "../../../app/index.ts";
import type { HistoryRow, Training } from "../../../client/index.ts";
import type { Jobs, Problem } from "../../../protocol/index.ts";
import type { Settings } from "../../../state/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { useNet } from "../use-net.ts";
import { layerWord } from "./number-name.ts";

type Findings = Jobs["remedies"]["gives"]["findings"];

export function Trouble({ training }: { readonly training: Training }) {
  const text = useText("network");
  const { list, bracketed } = useText("controls");
  const net = useNet(training);
  const { dispatch, report } = useApp();
  const settings = useSlice((state) => state.settings);
  const [findings, setFindings] = useState<Findings | null>(null);
  const stopped = training.frames.stopped.value;
  const isBroken = stopped?.reason === "nan";
  const step = stopped?.diagnosis?.step ?? Infinity;
  const best = isBroken ? bestBefore(training.frames.history, step) : null;

  // A remedy is a whole run: of other settings by then, it would take them back.
  const latest = useLatest(settings);
  useEffect(() => setFindings(null), [settings]);
  const examine = () => {
    training.pause();
    training.ask("remedies", {}).then(
      (found) => {
        if (latest.current !== settings) return;
        setFindings(found.findings);
        const at = training.frames.current?.step ?? 0;
        for (const { id, layers } of found.findings) {
          training.frames.mark({ kind: "finding", step: at, id, layers });
        }
      },
      (error: { readonly problem?: Problem }) => error.problem && report(error.problem),
    );
  };
  useEffect(() => {
    if (isBroken) examine();
    else setFindings(null);
  }, [stopped]);
  const attempt = (run: Settings["run"]) => {
    setFindings(null);
    if (best) training.seek(best.step);
    dispatch({ kind: "set", settings: { ...settings, run } });
  };

  return (
    <section class="trouble" data-what="diagnosis" aria-label={text.trouble}>
      {isBroken && (
        <p role="alert">
          {stopped.diagnosis?.layer && text.brokenIn(layerWord(text, net, stopped.diagnosis.layer))}{" "}
          <button type="button" onClick={() => training.seek(best?.step ?? 0)}>
            {text.goBack(best?.step ?? 0, formatNumber(best?.trainLoss))}
          </button>
        </p>
      )}
      {!isBroken && (
        <button type="button" onClick={examine}>
          {text.examine}
        </button>
      )}
      {findings?.length === 0 && <p role="status">{text.healthy}</p>}
      <ul>
        {findings?.map(({ id, layers, remedies }) => (
          <li key={id}>
            <p>
              <strong>{text.findings[id]}</strong>
              {layers.length > 0 &&
                bracketed("", list(layers.map((name) => layerWord(text, net, name))))}{" "}
              {text.causes[id]}
            </p>
            <div class="remedies">
              {remedies.map((remedy) => (
                <button key={remedy.id} type="button" onClick={() => attempt(remedy.run)}>
                  {text.tryRemedy(text.remedies[remedy.id])}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the loss was least, of what was seen before a step. */
export function bestBefore(history: readonly HistoryRow[], step: number): HistoryRow | null {
  const before = history.filter((row) => row.step < step && Number.isFinite(row.trainLoss));
  return before.reduce<HistoryRow | null>(
    (best, row) => (best === null || row.trainLoss < best.trainLoss ? row : best),
    null,
  );
}
