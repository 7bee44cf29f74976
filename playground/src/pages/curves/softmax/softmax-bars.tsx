// Probabilities as bars, and the gradient as arrows that say which net inputs are pushed up or down.

import { useText } from "../../../app/index.ts";
import { formatFixed } from "../../../text/numbers.ts";

interface BarsProps {
  readonly a: readonly number[];
  readonly gradient: readonly number[];
  readonly target: number;
}

const ROW = 44;
const LENGTH = 300;

export function SoftmaxBars({ a, gradient, target }: BarsProps) {
  const text = useText("curves");
  const said = a.map((x, i) => `${i + 1}: ${formatFixed(x, 4)}`).join(", ");
  return (
    <svg
      class="softmax-bars"
      viewBox={`0 0 480 ${ROW * a.length}`}
      role="img"
      aria-label={text.barsLabel(said)}
    >
      {a.map((value, i) => (
        <g
          key={`${i}`}
          transform={`translate(0 ${ROW * i})`}
          class={i === target ? "is-target" : ""}
        >
          <text x={0} y={26}>
            {`${i + 1}${i === target ? " ✓" : ""}`}
          </text>
          <rect class="rail" x={40} y={10} width={LENGTH} height={22} rx={4} />
          <rect class="bar" x={40} y={10} width={LENGTH * value} height={22} rx={4} />
          <text x={50 + LENGTH} y={26}>
            {formatFixed(value, 4)}
          </text>
          <text x={132 + LENGTH} y={26} class="push">
            {/* Descent goes against the gradient. */}
            {gradient[i]! < 0 ? "↑" : "↓"}
          </text>
        </g>
      ))}
    </svg>
  );
}
