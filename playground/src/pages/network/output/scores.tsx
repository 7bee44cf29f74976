// How well the examples are met: loss, accuracy or R² and RMSE, the confusion matrix, and how fast it learns.

import { useFrame, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { PartScores, ViewRequest } from "../../../protocol/index.ts";
import { formatNumber, formatPercent } from "../../../text/numbers.ts";

const VIEWS: Readonly<Record<string, ViewRequest>> = { scores: { view: "scores" } };

export function Scores({ training }: { readonly training: Training }) {
  const text = useText("network");
  const words = useText("widgets");
  useViews(training, VIEWS);
  const frame = useFrame(training.frames, 7);
  const view = frame?.views["scores"];
  if (!frame || view?.view !== "scores") return null;
  const { metrics, stats } = frame;
  const parts = [view.train, ...(view.test ? [view.test] : [])];
  const losses = [metrics.trainLoss, metrics.testLoss];
  const isClasses = view.train.kind === "classes";
  const rows = isClasses
    ? [[words.accuracy, parts.map((part) => accuracyOf(part))] as const]
    : ([
        ["R²", parts.map((part) => (part.kind === "values" ? formatNumber(part.r2) : ""))],
        [text.rmse, parts.map((part) => (part.kind === "values" ? formatNumber(part.rmse) : ""))],
      ] as const);
  return (
    <div class="scores">
      <table>
        <caption class="visually-hidden">{text.scores}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{text.trainPart(view.train.count)}</th>
            {view.test && <th scope="col">{text.testPart(view.test.count)}</th>}
          </tr>
        </thead>
        <tbody>
          <tr data-what="loss">
            <th scope="row">{words.loss}</th>
            {parts.map((_, i) => (
              <td key={i} class="score-loss">
                {formatNumber(losses[i])}
              </td>
            ))}
          </tr>
          {rows.map(([name, cells]) => (
            <tr key={name} data-what={isClasses ? "accuracy" : "rSquared"}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="pace">
        {text.epochNow(epochText(frame.epoch), String(frame.step))}
        {stats.epochMs !== null && ` · ${text.epochTime(formatNumber(stats.epochMs))}`}
        {training.frames.isPlaying.value &&
          ` · ${text.examplesPerSecond(String(Math.round(stats.examplesPerSecond)))}`}
      </p>
      {isClasses && (
        <details class="table-alternative">
          <summary data-what="confusionMatrix">{text.confusion}</summary>
          {parts.map((part, i) => (
            <Confusion key={i} part={part} name={i === 0 ? words.trainPoint : words.testPoint} />
          ))}
        </details>
      )}
    </div>
  );
}

/** Whole epochs as they are, others to the hundredth. */
function epochText(epoch: number): string {
  return Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(2);
}

function accuracyOf(part: PartScores): string {
  return part.kind === "classes" ? formatPercent(part.accuracy) : "";
}

function Confusion({ part, name }: { readonly part: PartScores; readonly name: string }) {
  const text = useText("network");
  if (part.kind !== "classes") return null;
  const { confusion, count } = part;
  return (
    <table class="confusion">
      <caption>{text.confusionOf(name)}</caption>
      <thead>
        <tr>
          <td />
          {confusion.map((_, label) => (
            <th key={label} scope="col">
              {text.takenFor(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {confusion.map((row, label) => (
          <tr key={label}>
            <th scope="row">{text.isClass(label)}</th>
            {row.map((cell, taken) => (
              <td
                key={taken}
                class={taken === label ? "is-right" : "is-wrong"}
                style={{ "--share": `${(100 * cell) / Math.max(count, 1)}%` }}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
