// Which part of the examples is learnt from, in words; and the examples as a file.

import { useText } from "../../../../app/index.ts";
import type { Training } from "../../../../client/index.ts";
import { effectOf, withData } from "../../../../state/index.ts";
import { csvOf } from "../../../../widgets/data-editor/index.ts";
import { EffectMark } from "../../../../widgets/index.ts";
import { saveFile } from "../../../../widgets/save-file.ts";
import { useSettings } from "../use-settings.ts";

export function Split({ training }: { readonly training: Training }) {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const { data, run } = settings;
  const isFixed = data.source.kind === "named" && run.data.name === "xor";
  const share = data.source.kind === "named" ? (run.data.testFraction ?? 0.5) : data.testShare;
  const percent = Math.round(100 * (1 - share));
  const put = (value: number) => {
    const next = Number((1 - value / 100).toFixed(2));
    const change =
      data.source.kind === "named"
        ? { run: { ...run.data, testFraction: next } }
        : { data: { testShare: next } };
    set(withData(settings, change), "split");
  };
  const info = training.frames.info.value?.data;
  return (
    <div class="split">
      {!isFixed && (
        <label class="slider" data-what="split">
          <span>
            {text.trainShare(percent)}
            <EffectMark effect={effectOf("data.testShare")} />
          </span>
          <input
            type="range"
            min={10}
            max={100}
            step={5}
            value={percent}
            aria-valuetext={text.trainShare(percent)}
            onInput={(event) => put(event.currentTarget.valueAsNumber)}
          />
        </label>
      )}
      {info && (
        <p class="hint">
          {isFixed
            ? text.sameRows(info.train.count)
            : text.splitCounts(info.train.count, info.test.count)}
        </p>
      )}
      <button
        type="button"
        disabled={!info}
        onClick={() => info && saveFile("neurite-data.csv", csvOf(info))}
      >
        {text.exportCsv}
      </button>
    </div>
  );
}
