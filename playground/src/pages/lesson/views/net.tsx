// A small network at one example: what units give, their net inputs and error terms, weights on the connections.

import { useRef } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import type { AnswerLayer, AnswerNet } from "../../../protocol/index.ts";
import { formatGiven, formatNumber } from "../../../text/numbers.ts";
import { TableAlternative } from "../../../widgets/index.ts";
import { useWidth } from "../../../widgets/use-width.ts";
import type { ViewProps } from "./view.ts";

/** In CSS pixels, as wide as there is room: letters keep their size. */
const WIDTHS = [270, 620] as const;
const UNIT = 28;
const ROW = 112;
/** Beyond so many connections between two layers, or where these are near each other, weights are in the table alone. */
const MOST_LABELS = 6;
const LEAST_GAP = 120;

type Place = readonly [x: number, y: number];

export function NetView({ view, answer: { net }, isVeiled }: ViewProps<"net">) {
  const text = useText("lessons");
  const ref = useRef<HTMLElement>(null);
  const room = useWidth(ref, 520);
  if (!net) return null;
  const width = Math.min(Math.max(room, WIDTHS[0]), WIDTHS[1]);
  const { layers } = net;
  const most = Math.max(...layers.map(({ a }) => a.length));
  const height = most * ROW + 16;
  const show = (value: number | undefined, layer = 1) => {
    if (layer === 0) return formatGiven(value);
    return isVeiled ? "?" : formatNumber(value, 4);
  };
  const places = layers.map(({ a }, l) =>
    a.map((_, i): Place => {
      const x = 42 + (l * (width - 84)) / Math.max(layers.length - 1, 1);
      return [x, 8 + height / 2 + (i - (a.length - 1) / 2) * ROW - 16];
    }),
  );
  return (
    <figure class="lesson-net" ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        style={{ maxWidth: `${width}px` }}
        role="img"
        aria-label={text.net}
        data-what="network"
      >
        {layers.map((layer, l) => (
          <Edges key={String(l)} layer={layer} from={places[l - 1] ?? []} to={places[l]!} />
        ))}
        {layers.map((layer, l) =>
          layer.a.map((a, i) => {
            const [x, y] = places[l]![i]!;
            return (
              <g key={`${l} ${i}`} class={l === 0 ? "input" : "unit"}>
                <circle cx={x} cy={y} r={UNIT} />
                <text x={x} y={y} class="value">
                  {show(a, l)}
                </text>
                {layer.z && (
                  <text x={x} y={y + UNIT + 14} class="small">
                    z {show(layer.z[i])}
                  </text>
                )}
                {layer.delta && (
                  <text x={x} y={y + UNIT + 30} class="small delta">
                    δ {show(layer.delta[i])}
                  </text>
                )}
                {layer.b && (
                  <text x={x} y={y - UNIT - 7} class="small">
                    b {formatGiven(layer.b[i])}
                  </text>
                )}
              </g>
            );
          }),
        )}
      </svg>
      <TableAlternative
        caption={text.net}
        columns={[text.unit, "a", "z", "δ", "b", text.weights]}
        rows={() => rowsOf(net, view.digits ?? 10, isVeiled)}
      />
    </figure>
  );
}

interface EdgesProps {
  readonly layer: AnswerLayer;
  readonly from: readonly Place[];
  readonly to: readonly Place[];
}

function Edges({ layer: { w = [] }, from, to }: EdgesProps) {
  const gap = (to[0]?.[0] ?? 0) - (from[0]?.[0] ?? 0);
  const isNamed = from.length * to.length <= MOST_LABELS && gap >= LEAST_GAP;
  return (
    <>
      {w.flatMap((into, j) =>
        into.map((weight, i) => {
          const [[x1, y1], [x2, y2]] = [from[i]!, to[j]!];
          // Parallel connections cross: each has its number near its own beginning.
          const t = 0.27 + 0.16 * (j % 2);
          const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
          return (
            <g key={`${i} ${j}`}>
              <line
                class={`edge ${weight < 0 ? "is-negative" : ""}`}
                x1={x1}
                y1={y1}
                x2={x2}
                y2={y2}
                stroke-width={Math.min(1 + 2 * Math.abs(weight), 9)}
              />
              {isNamed && (
                <text class="small weight" x={x} y={y - 4}>
                  {formatGiven(weight)}
                </text>
              )}
            </g>
          );
        }),
      )}
    </>
  );
}

function rowsOf({ layers }: AnswerNet, digits: number, isVeiled: boolean): string[][] {
  const show = (value: number | undefined) => formatNumber(value, digits);
  return layers.flatMap(({ a, z, delta, b, w }, l) =>
    a.map((_, i) => [
      `${l}:${i + 1}`,
      isVeiled && l > 0 ? "?" : show(a[i]),
      isVeiled ? "?" : show(z?.[i]),
      isVeiled ? "?" : show(delta?.[i]),
      show(b?.[i]),
      w ? w[i]!.map(show).join(", ") : "–",
    ]),
  );
}
