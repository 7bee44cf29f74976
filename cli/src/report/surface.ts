// What a network makes of the whole plane, with the examples on top.

import type { NamedDataset } from "neurite/data";
import { decisionSurfaceOf, windowOf } from "neurite/inspect";
import type { Model } from "neurite/train";
import { type Color, pngUri } from "../pictures/encode-png.ts";
import { drawPlot, escapeHtml, Plot } from "./svg.ts";

const CELLS = 120;
const SIZE = 520;

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly isTest: boolean;
}

export async function decisionSurface(model: Model, data: NamedDataset): Promise<string> {
  const dots = [...dotsOf(data.train, false), ...dotsOf(data.test, true)];
  const window = windowOf(data.train, data.test);
  const { center, reach } = window;
  const [cx, cy] = center;
  const { outputs, values } = await decisionSurfaceOf(model, window, CELLS);
  const isClass = data.classes !== null;
  // Class 1 against class 0, or a value from -1 to 1.
  const height = (cell: number) => {
    if (!isClass) return values[cell * outputs]!;
    return 2 * values[cell * outputs + (outputs === 1 ? 0 : 1)]! - 1;
  };
  const uri = pngUri(CELLS, CELLS, (px, py) => soft(height(py * CELLS + px)));
  const said = isClass
    ? "The plane, coloured by the class that the network gives to each point, with the examples on it"
    : "The plane, coloured by the value that the network gives to each point, with the examples on it";
  const svg = drawPlot(said, {
    width: SIZE,
    height: SIZE,
    margin: 34,
    x: { domain: [cx - reach, cx + reach], label: "x" },
    y: { domain: [cy - reach, cy + reach], label: "y" },
    marks: [
      Plot.image([[cx, cy]], { src: () => uri, width: SIZE - 68, height: SIZE - 68 }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: 3.5,
        fill: ({ value }: Dot) => strong(isClass ? 2 * value - 1 : value),
        stroke: ({ isTest }: Dot) => (isTest ? "#000" : "#fff"),
        strokeWidth: 1,
      }),
    ],
  });
  const classes = isClass
    ? `<span class="swatch orange"></span> class ${escapeHtml(data.classNames[0] ?? "0")},
<span class="swatch blue"></span> class ${escapeHtml(data.classNames[1] ?? "1")}.`
    : `<span class="swatch orange"></span> below 0, <span class="swatch blue"></span> above.`;
  return `<figure class="plane">
${svg.replace("<image ", '<image preserveAspectRatio="none" ')}
<figcaption>${classes} Dots with a white rim are training examples, with a black rim test examples.
${isClass ? "The paler the ground, the less sure the network is." : "The paler the ground, the nearer to 0 the value is."}</figcaption>
</figure>`;
}

function dotsOf({ x, y }: NamedDataset["train"], isTest: boolean): Dot[] {
  const width = y.shape[1] ?? 1;
  return Array.from({ length: x.shape[0]! }, (_, row) => ({
    x: x.data[2 * row]!,
    y: x.data[2 * row + 1]!,
    value: y.data[row * width + width - 1]!,
    isTest,
  }));
}

const ORANGE: Color = [245, 147, 34];
const BLUE: Color = [8, 119, 189];

/** -1 orange, 0 near white, 1 blue. */
function soft(value: number): Color {
  return mix(value, 0.75);
}

function strong(value: number): string {
  return `rgb(${mix(value, 1).join(" ")})`;
}

function mix(value: number, most: number): Color {
  const share = most * Math.min(1, Math.abs(value));
  const to = value > 0 ? BLUE : ORANGE;
  return to.map((channel) => Math.round(245 + (channel - 245) * share)) as unknown as Color;
}
