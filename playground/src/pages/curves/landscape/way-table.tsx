// Where each way has come to: as a table beside the picture.

import { useText } from "../../../app/index.ts";
import type { Way } from "../../../protocol/index.ts";
import { formatGiven } from "../../../text/numbers.ts";
import type { RunWay } from "./use-landscape.ts";

interface WayTableProps {
  readonly ways: readonly RunWay[];
  readonly names: readonly [string, string];
  readonly shown: number;
  readonly training: Way | null;
}

export function WayTable({ ways, names, shown, training }: WayTableProps) {
  const text = useText("curves");
  const rows = [
    ...ways.map((way) => ({
      key: way.name,
      look: way.look,
      name: text.optimizers[way.optimizer],
      start: way.start,
      way: way as Pick<RunWay, "u" | "v" | "height" | "lostAt">,
      at: Math.min(shown, way.u.length - 1),
    })),
    ...(training
      ? [
          {
            key: "training",
            look: "series-7",
            name: text.trainingWay,
            start: "–",
            way: training,
            at: training.u.length - 1,
          },
        ]
      : []),
  ];
  return (
    <div
      class="table-scroll"
      tabIndex={0}
      role="region"
      aria-label={text.waysTitle}
      data-what="descentPath"
    >
      <table class="way-table">
        <caption>{text.waysTitle}</caption>
        <thead>
          <tr>
            {[text.optimizer, text.start, text.step, names[0], names[1], "L", text.remark].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, look, name, start, way, at }) => {
            const isLost = way.lostAt !== null && at >= way.lostAt;
            const numbers = [way.u[at], way.v[at], way.height[at]];
            return (
              <tr key={key} data-way={key}>
                <th scope="row">
                  <span class={`legend-item ${look}`}>{name}</span>
                </th>
                <td>{start}</td>
                <td>{at}</td>
                {numbers.map((x, i) => (
                  <td key={["u", "v", "height"][i]}>{formatGiven(x)}</td>
                ))}
                <td>{isLost ? text.lostAt(way.lostAt!) : text.fell(verdict(way.height, at))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function verdict(height: ArrayLike<number>, at: number): "higher" | "lower" | "same" {
  const [first, last] = [height[0]!, height[at]!];
  if (Math.abs(last - first) <= 1e-12 * Math.max(1, Math.abs(first))) return "same";
  return last > first ? "higher" : "lower";
}
