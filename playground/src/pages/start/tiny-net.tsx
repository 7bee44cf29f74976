// The network of the start page: three units with their weights, drawn from what the engine gives.

import { useRef } from "preact/hooks";
import { useFrames, useText } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import { formatFixed } from "../../text/numbers.ts";

/** Places of the units: inputs, hidden, output. */
const PLACES: readonly (readonly (readonly [x: number, y: number])[])[] = [
  [
    [40, 50],
    [40, 150],
  ],
  [
    [170, 50],
    [170, 150],
  ],
  [[300, 100]],
];

export function TinyNet({ training }: { readonly training: Training }) {
  const text = useText("start");
  const ref = useRef<SVGSVGElement>(null);
  useFrames(training.frames, () => {
    const view = training.frames.current?.views["weights"];
    if (view?.view !== "parameters" || !ref.current) return;
    for (const element of ref.current.querySelectorAll<SVGElement>("[data-of]")) {
      const [name = "", index = "0"] = element.dataset["of"]!.split(" ");
      const value = view.numbers[name]?.[Number(index)];
      if (value === undefined) continue;
      if (element.tagName === "text") element.textContent = formatFixed(value);
      else drawEdge(element, value);
    }
  });
  return (
    <svg
      class="tiny-net"
      viewBox="0 0 340 200"
      ref={ref}
      role="img"
      aria-label={text.netTitle}
      data-what="network"
    >
      {[1, 2].flatMap((layer) =>
        PLACES[layer - 1]!.flatMap(([x1, y1], from) =>
          PLACES[layer]!.map(([x2, y2], to) => {
            const of = `dense${layer}/w ${from * PLACES[layer]!.length + to}`;
            const t = from === 0 ? 0.34 : 0.66;
            return (
              <g key={of}>
                <line class="edge" data-of={of} x1={x1} y1={y1} x2={x2} y2={y2} />
                <text
                  class="weight"
                  data-of={of}
                  x={x1 + t * (x2 - x1)}
                  y={y1 + t * (y2 - y1) - 9}
                />
              </g>
            );
          }),
        ),
      )}
      {PLACES.map((units, layer) =>
        units.map(([x, y], unit) => (
          <g key={`${layer} ${unit}`}>
            <circle class="unit" cx={x} cy={y} r={21} />
            {layer === 0 ? (
              <text class="unit-name" x={x} y={y}>{`${text.input}${"₁₂"[unit]}`}</text>
            ) : (
              <text class="bias" data-of={`dense${layer}/b ${unit}`} x={x} y={y} />
            )}
          </g>
        )),
      )}
    </svg>
  );
}

/** Width by size, colour and dashes by sign. */
function drawEdge(line: SVGElement, value: number): void {
  line.style.strokeWidth = `${Math.min(1 + Math.abs(value) * 1.4, 9).toFixed(1)}`;
  line.classList.toggle("is-negative", value < 0);
}
