// The whole run as curves: loss and accuracy of training and test examples, on linear or logarithmic axes.

import { useMemo } from "preact/hooks";
import { useApp, useFrame, useSlice, useText } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { Choice, Plot, type Series } from "../../../widgets/index.ts";
import { useOwn } from "../use-own.ts";

export function Curves({ training }: { readonly training: Training }) {
  const text = useText("network");
  const words = useText("widgets");
  const { dispatch } = useApp();
  const isLog = useSlice((state) => state.view.logLoss);
  const [isLogX, setLogX] = useOwn<boolean>("logX", false);
  const [figure, setFigure] = useOwn<string>("curve", "loss");
  const { frames } = training;
  const frame = useFrame(frames, 8);
  const metrics = Object.keys(frame?.metrics.train ?? {});
  const shown = metrics.includes(figure) ? figure : "loss";
  const series = useMemo(
    () => seriesOf(training, shown, words.trainPoint, words.testPoint),
    [training, shown, frame, words],
  );
  // Before the first step there is one place, and an axis around it would reach below 0.
  const epochs = series.some(({ x }) => x.length > 1) ? FROM_ZERO : UNIT;
  const nameOf = (name: string) =>
    name === "loss" || name === "accuracy" ? words[name] : (text.metrics[name] ?? name);
  return (
    <div class="curves" data-what="loss">
      <Plot
        label={text.curveOf(nameOf(shown))}
        what="loss"
        series={series}
        xLabel={words.epoch}
        yLabel={nameOf(shown)}
        xLog={isLogX}
        yLog={isLog}
        onYLog={(logLoss) => dispatch({ kind: "view", change: { logLoss } })}
        yDomain={domainFor(shown, isLog)}
        xDomain={isLogX ? undefined : epochs}
        mark={isLogX && !frame?.epoch ? null : (frame?.epoch ?? null)}
        height={200}
      />
      <div class="plane-controls">
        {metrics.length > 0 && (
          <Choice
            label={text.figure}
            isCompact
            value={shown}
            options={["loss", ...metrics].map((name) => [name, nameOf(name)] as const)}
            onChange={setFigure}
          />
        )}
        <label class="check">
          <input type="checkbox" checked={isLogX} onChange={() => setLogX(!isLogX)} /> {words.logX}
        </label>
      </div>
    </div>
  );
}

const FROM_ZERO = [0, null] as const;
const UNIT = [0, 1] as const;

function domainFor(figure: string, isLog: boolean) {
  if (isLog) return undefined;
  return figure === "accuracy" ? UNIT : FROM_ZERO;
}

function seriesOf(
  { frames: { history } }: Training,
  figure: string,
  train: string,
  test: string,
): Series[] {
  const x = history.map(({ epoch }) => epoch);
  const trained = history.map((row) => (figure === "loss" ? row.trainLoss : row.train[figure]!));
  const tested = history.map(
    (row) => (figure === "loss" ? row.testLoss : row.test[figure]) ?? Number.NaN,
  );
  const series = [{ name: train, x, y: trained }];
  return tested.some(Number.isFinite) ? [...series, { name: test, x, y: tested }] : series;
}
