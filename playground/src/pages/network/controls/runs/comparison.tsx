// Two kept runs side by side: pictures, figures, the settings that differ, and their curves on one plot.

import { useMemo, useState } from "preact/hooks";
import { useText } from "../../../../app/index.ts";
import type { KeptRun } from "../../../../client/index.ts";
import { formatNumber, formatPercent, formatSetting } from "../../../../text/numbers.ts";
import { Plot, type Series } from "../../../../widgets/index.ts";
import { Thumbnail } from "../../../../widgets/shelf/thumbnail.tsx";
import { keptMap } from "./kept-map.ts";
import { differencesOf, summaryOf } from "./summary.ts";

export function Comparison({ runs }: { readonly runs: readonly [KeptRun, KeptRun] }) {
  const words = useText("controls");
  const text = words.shelf;
  const common = useText("widgets");
  const [isLog, setLog] = useState(false);
  const [a, b] = runs;
  const [first, second] = [summaryOf(a.settings, words), summaryOf(b.settings, words)];
  const settings = differencesOf(first, second).map(([setting, value]) => {
    const other = second.find(([name]) => name === setting)?.[1] ?? text.none;
    return [setting, value, other] as const;
  });
  const series = useMemo(() => runs.flatMap((run) => curvesOf(run, text)), [a, b, text]);
  const rows = [...figuresOf(runs, text.figures), ...settings];
  return (
    <section class="comparison" aria-label={text.compareTitle}>
      <div>
        <h3>{text.compareTitle}</h3>
        <div class="figures-scroll">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{text.setting}</th>
                <th scope="col">{a.name}</th>
                <th scope="col">{b.name}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{common.regionValue}</th>
                {runs.map((run) => {
                  const map = keptMap(run);
                  return (
                    <td key={run.id} style={{ width: "8rem" }}>
                      {map && <Thumbnail label={text.thumbnail(run.name)} map={map} />}
                    </td>
                  );
                })}
              </tr>
              {rows.map(([name, one, other]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{one}</td>
                  <td>{other}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <Plot
        label={text.curves}
        series={series}
        xLabel={common.epoch}
        yLabel={common.loss}
        yLog={isLog}
        onYLog={setLog}
      />
    </section>
  );
}

type Text = ReturnType<typeof useText<"controls">>["shelf"];

function curvesOf({ name, history }: KeptRun, text: Text): Series[] {
  const x = history.map(({ epoch }) => epoch);
  const trained = { name: text.training(name), x, y: history.map(({ trainLoss }) => trainLoss) };
  const tested = history.filter(({ testLoss }) => testLoss !== null);
  if (tested.length === 0) return [trained];
  return [
    trained,
    {
      name: text.test(name),
      x: tested.map(({ epoch }) => epoch),
      y: tested.map(({ testLoss }) => testLoss!),
    },
  ];
}

function figuresOf(
  runs: readonly KeptRun[],
  names: Text["figures"],
): (readonly [string, string, string])[] {
  const lasts = runs.map(({ history }) => history.at(-1));
  const both = (name: string, show: (row: (typeof lasts)[number]) => string) =>
    [name, show(lasts[0]), show(lasts[1])] as const;
  const has = (metric: string) => lasts.some((row) => row?.test[metric] !== undefined);
  return [
    both(names.epoch, (row) => formatSetting(Number((row?.epoch ?? 0).toFixed(2)))),
    both(names.trainLoss, (row) => formatNumber(row?.trainLoss)),
    both(names.testLoss, (row) => formatNumber(row?.testLoss)),
    ...(has("accuracy")
      ? [both(names.accuracy, (row) => formatPercent(row?.test["accuracy"]))]
      : []),
    ...(has("r2") ? [both(names.r2, (row) => formatNumber(row?.test["r2"]))] : []),
  ];
}
