// Activation functions drawn with their derivatives, which grad and vmap compute.

import { concat, fromData, grad, mul, reshape, sum, type Tensor, vmap, zeros } from "neurite";
import type { Activation } from "neurite/nn";
import { page } from "./page.ts";
import { COLORS, drawPlot, escapeHtml, Plot } from "./svg.ts";

const REACH = 5;
const POINTS = 401;

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** dy/dx */
  readonly slope: readonly number[];
}

/** The values and slopes of an activation from -5 to 5. One over an axis is shown for (x, 0). */
export function activationCurve({ apply, axisWise }: Activation): Curve {
  const x = Array.from({ length: POINTS }, (_, i) => (2 * REACH * i) / (POINTS - 1) - REACH);
  const f = axisWise ? firstOfTwo(apply) : apply;
  const points: Tensor = fromData(Float64Array.from(x), [POINTS], "float64");
  const y: Tensor = vmap((point: Tensor) => f(point))(points);
  const slope = vmap(grad((point: Tensor) => f(point)))(points) as Tensor;
  return { x, y: Array.from(y.data), slope: Array.from(slope.data) };
}

const FIRST = fromData(Float64Array.of(1, 0), [2], "float64");

function firstOfTwo(apply: Activation["apply"]): Activation["apply"] {
  return (x) => {
    const pair: Tensor = concat([reshape(x, [1]), zeros([1], "float64")] as never, 0);
    return sum(mul(apply(pair), FIRST)) as Tensor;
  };
}

/** A picture that stands alone, in light and in dark. */
export function activationSvg(activation: Activation): string {
  const { x, y, slope } = activationCurve(activation);
  const { name, formula, axisWise } = activation;
  const given = axisWise ? ", first of the two outputs for (x, 0)" : "";
  const line = (values: readonly number[], stroke: string, dash: string) =>
    Plot.line(
      x.map((at, i) => [at, values[i]!] as [number, number]),
      { stroke, strokeWidth: 2.5, strokeDasharray: dash, clip: true },
    );
  const low = Math.max(-REACH, Math.min(-0.25, ...y, ...slope) * 1.08);
  const high = Math.min(REACH, Math.max(1, ...y, ...slope) * 1.08);
  const svg = drawPlot(`${name}: ${formula ?? ""}${given}, with its derivative dashed`, {
    width: 480,
    height: 300,
    marginLeft: 44,
    x: { label: "x", domain: [-REACH, REACH] },
    y: { label: null, domain: [low, high], grid: true },
    marks: [
      Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.35 }),
      Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.35 }),
      line(slope, COLORS.second, "6 4"),
      line(y, COLORS.first, ""),
    ],
  });
  const colors =
    "<style>svg{color:#1c2430;--first:#2563eb;--second:#c2410c}" +
    "@media(prefers-color-scheme:dark){svg{color:#e8ecf2;--first:#60a5fa;--second:#fb923c}}</style>";
  return `${svg.replace(/>/, `>${colors}`)}\n`;
}

export interface Drawn {
  readonly activation: Activation;
  readonly svg: string;
}

export function activationsPage(drawn: readonly Drawn[]): string {
  const figures = drawn.map(
    ({ activation: { name, formula, config }, svg }) => `<figure id="${escapeHtml(name)}">
<figcaption><strong>${escapeHtml(name)}</strong> <code>${escapeHtml(formula ?? "")}</code>${options(config)}</figcaption>
${svg.replace(/<style>svg\{.*?<\/style>/, "")}</figure>`,
  );
  return page({
    title: "Activation functions",
    lead: `<p><span class="key first" style="margin:0">the function</span>
<span class="key second">its derivative</span></p>
<p>Derivatives come from <code>vmap(grad(f))</code>, not from formulas typed in by hand. At a kink the slope
is that of one side: of relu at 0 it is 0. Functions over a whole axis are shown for the input (x, 0).</p>`,
    sections: [
      {
        title: `${drawn.length} functions`,
        html: `<div class="pair">\n${figures.join("\n")}\n</div>`,
      },
    ],
  });
}

function options(config: Activation["config"]): string {
  const named = Object.entries(config).map(
    ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  return named.length === 0 ? "" : ` (${escapeHtml(named.join(", "))})`;
}
