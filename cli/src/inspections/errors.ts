// The section "errors": z, a, delta and gradients of every unit for one test example, and BP1 to BP4 beside autodiff.

import { ArgumentError } from "neurite";
import { countExamples, pickExamples } from "neurite/data";
import {
  type Backpropagation,
  backpropagationOf,
  deviationOf,
  diagramOf,
  equationsOf,
  type LayerEquations,
  type LayerErrors,
} from "neurite/inspect";
import { drawNetwork } from "../drawings/network.ts";
import { escapeHtml } from "../report/escape.ts";
import { table } from "../terminal/table.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";

interface Found {
  readonly one: Backpropagation;
  /** BP1 to BP4 of the example; null with the reason where they are not written for this network. */
  readonly equations: readonly LayerEquations[] | null;
  readonly reason: string;
  readonly deviation: number | null;
}

/** Units of a layer that are listed: those with the largest errors. */
const LISTED = 8;

export const errors = inspection<Found>({
  id: "errors",
  title: "The error of every unit, for one example",
  look: ({ model, data, row }) => {
    if (countExamples(data.test) === 0) return new NotHere("it has no test examples");
    const { x, y } = pickExamples(data.test, [row]);
    const one = backpropagationOf(model, x, y);
    try {
      const equations = equationsOf(model, x, y);
      return { one, equations, reason: "", deviation: deviationOf(equations, one) };
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      return { one, equations: null, reason: error.message, deviation: null };
    }
  },
  text: (found, { row }) => [
    `Test example ${row}: loss ${shown(found.one.cost)}. delta = dC/dz says how the loss changes with a net input.`,
    ...found.one.layers
      .filter(({ z }) => z !== null)
      .flatMap((layer) => ["", ...layerLines(layer)]),
    "",
    ...equationLines(found),
  ],
  json: ({ one, equations, reason, deviation }) => ({
    cost: one.cost,
    layers: one.layers.map(({ activation, ...layer }) => ({
      ...layer,
      activation: activation && { name: activation.name, formula: activation.formula },
      gradients: Object.fromEntries(layer.gradients),
    })),
    equations:
      equations?.map(({ name, rule, fromAbove, slope, delta, dw, db }) => {
        return { name, rule, fromAbove, slope, delta, dw, db };
      }) ?? reason,
    deviation,
  }),
  html: (found, context) => html(found, context),
});

function layerLines(layer: LayerErrors): string[] {
  const rows = largestUnits(layer).map(({ unit, z, a, slope, delta }) => [
    `${layer.name} ${unit}`,
    ...[z, a, slope, delta].map((value) => (value === null ? "" : shown(value))),
  ]);
  const total = layer.delta!.size;
  const note =
    total > rows.length ? [`${rows.length} of ${total} units, those with the largest errors`] : [];
  const norms = [...layer.gradients].map(
    ([name, { data }]) => `|dC/d${name}| ${shown(norm(data))}`,
  );
  return [
    ...table(["unit", "z", `a = ${layer.activation?.name ?? "?"}(z)`, "f'(z)", "delta"], rows),
    [...note, ...norms].join("; "),
  ];
}

interface Unit {
  readonly unit: number;
  readonly z: number;
  readonly a: number | null;
  readonly slope: number | null;
  readonly delta: number;
}

function largestUnits({ z, a, slope, delta, activation }: LayerErrors): Unit[] {
  const units = Array.from(
    { length: delta!.size },
    (_, unit): Unit => ({
      unit,
      z: Number(z!.data[unit]),
      // Where a is no function of z unit by unit, it stands at other places.
      a: activation && a.size === z!.size ? Number(a.data[unit]) : null,
      slope: slope ? Number(slope.data[unit]) : null,
      delta: Number(delta!.data[unit]),
    }),
  );
  const most = units.sort((p, q) => Math.abs(q.delta) - Math.abs(p.delta)).slice(0, LISTED);
  return most.sort((p, q) => p.unit - q.unit);
}

function equationLines({ equations, reason, deviation }: Found): string[] {
  if (!equations) return [`The four equations are not written out: ${reason}.`];
  const rows = equations.map(({ name, rule, fromAbove, slope, delta }) => [
    name,
    rule,
    fromAbove ? shown(norm(fromAbove.data)) : "",
    slope ? shown(norm(slope.data)) : "",
    shown(norm(delta.data)),
  ]);
  return [
    ...table(["layer", "delta is", "|W^T delta|", "|f'|", "|delta|"], rows),
    `BP1 to BP4 written out differ from autodiff by at most ${shown(deviation!)} of the largest number.`,
  ];
}

function html(found: Found, { model, row }: InspectContext): string {
  const shades = new Map(
    found.one.layers.flatMap(({ name, delta }): [string, ArrayLike<number>][] =>
      delta ? [[name, delta.data as ArrayLike<number>]] : [],
    ),
  );
  const title = `the network with the errors of its units for test example ${row}`;
  const picture = drawNetwork({ title, diagram: diagramOf(model), shades });
  const parts = found.one.layers.filter(({ z }) => z !== null).map(layerLines);
  const pre = (lines: readonly string[]) =>
    `<pre tabindex="0">${escapeHtml(lines.join("\n"))}</pre>`;
  return `<p>Which unit bears how much of the error: a circle is filled by its delta = dC/dz, blue where a larger net
input makes the loss larger, orange where it makes it smaller, strongest for the largest of its layer. A line is a
weight, blue above 0 and orange below, as thick as it is large. The loss of this example is ${shown(found.one.cost)}.</p>
<figure class="wide">${picture}</figure>
<details open><summary>Numbers</summary>${parts.map(pre).join("\n")}</details>
${pre(equationLines(found))}`;
}

function norm(data: ArrayLike<number | bigint>): number {
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += Number(data[i]) ** 2;
  return Math.sqrt(squares);
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}
