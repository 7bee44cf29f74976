// Marks of the run in words: where the loss was least, what was changed, what went wrong.

import { bestRow, type HistoryRow, type Mark } from "../../../client/index.ts";
import type { Texts } from "../../../text/catalogue.ts";
import { formatNumber } from "../../../text/numbers.ts";
import type { TimelineMark } from "../../../widgets/index.ts";
import { differencesOf, summaryOf } from "../controls/runs/summary.ts";
import type { Net } from "../use-net.ts";
import { layerWord, numberName } from "./number-name.ts";

interface Run {
  readonly history: readonly HistoryRow[];
  readonly marks: readonly Mark[];
  /** The first and the last step of the timeline. */
  readonly first: number;
  readonly furthest: number;
}

type Words = Pick<Texts, "network" | "controls">;

/** In the order of steps. The least loss is marked where it has grown since. */
export function wordedMarks(run: Run, net: Net | null, words: Words): readonly TimelineMark[] {
  const { first, furthest } = run;
  const text = words.network.marks;
  const best = bestRow(run.history);
  const said = run.marks
    .filter(({ step }) => step >= first)
    .map((mark) => ({
      step: mark.step,
      sign: SIGNS[mark.kind],
      isBad: mark.kind === "fault" || mark.kind === "finding",
      label: text.at(sayMark(mark, net, words), mark.step),
    }));
  const isPast = best !== null && best.step >= first && best.step < furthest;
  const least = isPast && {
    step: best.step,
    sign: "★",
    isBad: false,
    label: text.at(
      best.testLoss === null
        ? text.best(formatNumber(best.trainLoss))
        : text.bestTest(formatNumber(best.testLoss)),
      best.step,
    ),
  };
  return (least ? [...said, least] : said).sort((a, b) => a.step - b.step);
}

const SIGNS = { change: "◆", hand: "✎", fault: "✕", finding: "!" } as const;

function sayMark(mark: Mark, net: Net | null, { network, controls }: Words): string {
  const text = network.marks;
  switch (mark.kind) {
    case "change": {
      const changed = differencesOf(summaryOf(mark.to, controls), summaryOf(mark.from, controls));
      return changed.length === 0
        ? text.begins
        : text.change(changed.map((pair) => pair.join(" ")));
    }
    case "hand":
      return text.hand(numberName(network, net, mark.name, mark.index));
    case "fault":
      return mark.layer === null ? text.fault : text.faultIn(layerWord(network, net, mark.layer));
    case "finding": {
      const finding = network.findings[mark.id].replace(/[.。]$/, "");
      const layers = mark.layers.map((name) => layerWord(network, net, name));
      return layers.length === 0 ? finding : controls.bracketed(finding, controls.list(layers));
    }
  }
}
