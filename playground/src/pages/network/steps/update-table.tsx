// What the last update changed: weights and biases before and after, the largest changes first.

import { useRef, useState } from "preact/hooks";
import { useFrames, useText } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { NET_VIEWS } from "../../../widgets/net-diagram/index.ts";
import { useNet } from "../use-net.ts";
import { numberName } from "./number-name.ts";
import { type Change, changesOf } from "./op-values.ts";

interface UpdateTableProps {
  readonly training: Training;
  readonly hint: string;
}

interface Update {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

/** More would be a list that nobody reads; the table of weights has them all. */
const MOST = 12;

export function UpdateTable({ training, hint }: UpdateTableProps) {
  const text = useText("network");
  const net = useNet(training);
  const update = useUpdate(training);
  if (!update) return <p class="note">{hint}</p>;
  const { from, to, changes } = update;
  return (
    <>
      <p role="status">{text.updated(from, to, changes.length)}</p>
      <section class="table-scroll" tabIndex={0} aria-label={text.updateCaption}>
        <table class="walk-table">
          <caption class="visually-hidden">{text.updateCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{text.number}</th>
              <th scope="col">{text.before}</th>
              <th scope="col">{text.change}</th>
              <th scope="col">{text.after}</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, MOST).map(({ name, index, before, after }) => (
              <tr key={`${name} ${index}`}>
                <th scope="row">{numberName(text, net, name, index)}</th>
                <td>{formatNumber(before)}</td>
                <td class={after < before ? "is-negative" : "is-positive"}>
                  {formatNumber(after - before)}
                </td>
                <td>{formatNumber(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** The difference between the last two frames with other numbers of steps, while nothing plays. */
function useUpdate({ frames }: Training): Update | null {
  const last = useRef<{ step: number; numbers: Readonly<Record<string, Float32Array>> } | null>(
    null,
  );
  const [update, setUpdate] = useState<Update | null>(null);
  useFrames(frames, () => {
    const view = frames.current?.views[NET_VIEWS.numbers];
    if (!frames.current || view?.view !== "parameters") return;
    const { step } = frames.current;
    const before = last.current;
    last.current = { step, numbers: view.numbers };
    if (before === null || before.step === step || frames.isPlaying.peek()) return;
    setUpdate({ from: before.step, to: step, changes: changesOf(before.numbers, view.numbers) });
  });
  return update;
}
