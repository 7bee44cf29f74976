// A run on the shelf: its picture, its name, what it reached, and what its settings differ in.

import { useApp, useText } from "../../../../app/index.ts";
import type { KeptRun } from "../../../../client/index.ts";
import { formatNumber, formatSetting } from "../../../../text/numbers.ts";
import { Thumbnail } from "../../../../widgets/shelf/thumbnail.tsx";
import { keptMap } from "./kept-map.ts";
import { differencesOf, summaryOf } from "./summary.ts";

interface Props {
  readonly run: KeptRun;
  readonly first: KeptRun;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onRestore: () => void;
}

export function KeptRunCard({ run, first, isChosen, onChoose, onRestore }: Props) {
  const words = useText("controls");
  const text = words.shelf;
  const { shelf } = useApp();
  const map = keptMap(run);
  const last = run.history.at(-1);
  const own = summaryOf(run.settings, words);
  const differs = run === first ? [] : differencesOf(own, summaryOf(first.settings, words));
  return (
    <li class="kept-run">
      {map ? <Thumbnail label={text.thumbnail(run.name)} map={map} /> : <span />}
      <div>
        <input
          type="text"
          maxLength={40}
          aria-label={text.rename(run.name)}
          value={run.name}
          onKeyDown={(event) => event.stopPropagation()}
          onChange={(event) => {
            const name = event.currentTarget.value.trim();
            if (name !== "") shelf.rename(run.id, name);
          }}
        />
        <p>{text.epoch(formatSetting(Number((last?.epoch ?? 0).toFixed(2))))}</p>
        <p>{text.loss(formatNumber(last?.trainLoss), formatNumber(last?.testLoss))}</p>
      </div>
      {run !== first && (
        <div class="wide">
          {differs.length === 0 ? (
            <p class="hint">{text.same}</p>
          ) : (
            <ul class="differences" aria-label={text.differs}>
              {differs.map(([setting, value]) => (
                <li key={setting}>
                  <span class="hint">{setting}: </span>
                  {value}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <div class="button-row wide">
        <button type="button" aria-label={`${text.restore}: ${run.name}`} onClick={onRestore}>
          {text.restore}
        </button>
        <button
          type="button"
          aria-label={`${text.remove}: ${run.name}`}
          onClick={() => shelf.remove(run.id)}
        >
          {text.remove}
        </button>
        <label class="check">
          <input
            type="checkbox"
            aria-label={`${text.compare}: ${run.name}`}
            checked={isChosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
          {text.compare}
        </label>
      </div>
    </li>
  );
}
