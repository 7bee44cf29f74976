// How a race stands: a curve for each runner, and a table.

import { useMemo, useState } from "preact/hooks";
import { useText } from "../../../../app/index.ts";
import { formatNumber, formatPercent } from "../../../../text/numbers.ts";
import { Plot } from "../../../../widgets/index.ts";
import type { Racer } from "./variants.ts";

export function RaceResults({ racers }: { readonly racers: readonly Racer[] }) {
  const words = useText("controls");
  const text = words.race;
  const common = useText("widgets");
  const [isLog, setLog] = useState(true);
  const series = useMemo(
    () =>
      racers.map(({ name, runner: { rows } }) => ({
        name,
        x: rows.map(({ epoch }) => epoch),
        y: rows.map(({ trainLoss }) => trainLoss),
      })),
    [racers],
  );
  const ends = racers.map(({ runner }) => (runner.badStep === null ? runner.rows.at(-1) : null));
  const losses = ends.map((row) => row?.trainLoss ?? Number.POSITIVE_INFINITY);
  const best = losses.indexOf(Math.min(...losses));
  const isValues = ends.some((row) => row?.test["r2"] !== undefined);
  const { figures } = words.shelf;
  return (
    <div class="race-results">
      <Plot
        label={text.curves}
        series={series}
        xLabel={common.epoch}
        yLabel={common.loss}
        yLog={isLog}
        onYLog={setLog}
      />
      <div class="figures-scroll">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{text.runner}</th>
              <th scope="col">{figures.trainLoss}</th>
              <th scope="col">{figures.testLoss}</th>
              <th scope="col">{isValues ? figures.r2 : figures.accuracy}</th>
            </tr>
          </thead>
          <tbody>
            {racers.map(({ name }, i) => {
              const row = ends[i];
              return (
                <tr key={name}>
                  <th scope="row">
                    {name}
                    {i === best && Number.isFinite(losses[i]!) && (
                      <>
                        {" "}
                        <span title={text.best}>
                          <span aria-hidden="true">★</span>
                          <span class="visually-hidden">({text.best})</span>
                        </span>
                      </>
                    )}
                  </th>
                  <td>{row ? formatNumber(row.trainLoss) : text.nan}</td>
                  <td>{row ? formatNumber(row.testLoss) : text.nan}</td>
                  <td>
                    {isValues
                      ? formatNumber(row?.test["r2"])
                      : formatPercent(row?.test["accuracy"])}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
