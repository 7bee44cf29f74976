// What a landscape does at the pointer: value, gradient, and the eigenvalues of the Hessian with what they say.

import { useText } from "../../../app/index.ts";
import type { SurfacePoint } from "../../../protocol/index.ts";
import { formatFixed, formatGiven, formatNumber } from "../../../text/numbers.ts";
import { NumberField } from "../../../widgets/index.ts";

interface PointProps {
  readonly names: readonly [string, string];
  readonly pointer: readonly [number, number];
  readonly point: SurfacePoint | null;
  readonly onPointer: (u: number, v: number) => void;
}

export function PointReading({ names, pointer: [u, v], point, onPointer }: PointProps) {
  const text = useText("curves");
  return (
    <div class="point-reading" data-what="mapPointer">
      <h2>{text.atPointer}</h2>
      <div class="pair">
        <NumberField
          label={names[0]}
          value={u}
          step={0.1}
          onChange={(next) => onPointer(next, v)}
        />
        <NumberField
          label={names[1]}
          value={v}
          step={0.1}
          onChange={(next) => onPointer(u, next)}
        />
      </div>
      {point ? <Numbers point={point} names={names} /> : <p class="note">{text.pointNotFinite}</p>}
    </div>
  );
}

function Numbers({
  point,
  names,
}: {
  readonly point: SurfacePoint;
  readonly names: readonly [string, string];
}) {
  const text = useText("curves");
  const { value, gradient, hessian, eigenvalues, directions, bend, largestRate } = point;
  const four = (x: number | undefined) => shortFixed(x ?? Number.NaN);
  return (
    <dl data-point>
      <div>
        <dt data-what="loss">{text.value}</dt>
        <dd data-value>{formatGiven(value, 5)}</dd>
      </div>
      <div>
        <dt data-what="gradient">{text.gradient}</dt>
        <dd data-gradient>
          {gradient.map((x, i) => (
            <span key={names[i]}>{`∂L/∂${names[i]} = ${formatGiven(x)}`}</span>
          ))}
        </dd>
      </div>
      <div>
        <dt data-what="hessian">{text.hessian}</dt>
        <dd>
          <table class="hessian">
            <tbody>
              {hessian.map((row, i) => (
                <tr key={names[i]}>
                  {row.map((x, j) => (
                    <td key={names[j]}>{four(x)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </dd>
      </div>
      <div>
        <dt>{text.eigenvalues}</dt>
        <dd data-eigenvalues>
          {[1, 0].map((i) => (
            <span key={i} class={eigenvalues[i]! < 0 ? "is-negative" : ""}>
              {`${four(eigenvalues[i])} ${text.along(directions[i]!.map((x) => formatFixed(x)).join(", "))}`}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>{text.bendTitle}</dt>
        <dd>{text.bends[bend]}</dd>
      </div>
      <div>
        <dt data-what="learningRate">{text.largestRate}</dt>
        <dd data-rate>
          {largestRate === null ? text.noLargestRate : text.rateIs(formatGiven(largestRate))}
        </dd>
      </div>
    </dl>
  );
}

/** Four places behind the point where that says something. */
function shortFixed(x: number): string {
  return Math.abs(x) >= 0.001 && Math.abs(x) < 1000 ? formatFixed(x, 4) : formatNumber(x);
}
