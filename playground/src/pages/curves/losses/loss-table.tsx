// The losses at the point, each with its formula: what the books mean by the same words.

import { useText } from "../../../app/index.ts";
import { formatGiven } from "../../../text/numbers.ts";
import { FormulaView } from "../../../widgets/index.ts";
import { LOSS_FORMULAS } from "./entries.ts";
import type { ShownLoss } from "./loss-plots.tsx";

interface LossTableProps {
  readonly shown: readonly ShownLoss[];
  readonly x: number;
  readonly xName: string;
  readonly delta: number;
}

export function LossTable({ shown, x, xName, delta }: LossTableProps) {
  const text = useText("curves");
  return (
    <div
      class="table-scroll"
      tabIndex={0}
      role="region"
      aria-label={text.lossesAt(xName, formatGiven(x))}
    >
      <table class="loss-table">
        <caption>{text.lossesAt(xName, formatGiven(x))}</caption>
        <thead>
          <tr>
            <th scope="col">{text.lossName}</th>
            <th scope="col">L</th>
            <th scope="col">{`∂L/∂${xName}`}</th>
            <th scope="col">{text.formula}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, name, look, point }) => (
            <tr key={key}>
              <th scope="row">
                <span class={`legend-item ${look}`}>{name}</span>
                <small>{text.lossSources[key]}</small>
              </th>
              <td data-loss={key}>{formatGiven(point?.loss[0], 5)}</td>
              <td data-slope={key}>{formatGiven(point?.slope[0], 5)}</td>
              <td>
                <FormulaView
                  formula={LOSS_FORMULAS[key]}
                  spoken={text.lossSpoken[key]}
                  slots={{ delta: formatGiven(delta) }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
