// The section "damage": what is left as parts are taken away, and twins that are other points and the same network.

import { countExamples, pickExamples } from "neurite/data";
import { type Damage, damageOf, type Twins, twinsOf } from "neurite/inspect";
import { NeuriteError } from "neurite/ir";
import type { Model } from "neurite/train";
import { drawDamageCurve } from "../drawings/damage-curve.ts";
import { escapeHtml } from "../report/svg.ts";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";

interface FoundDamage {
  readonly examples: number;
  readonly units: Damage;
  readonly weights: Damage;
  readonly twins: Twins;
}

/** Test examples that are asked each time: a hundred networks are tried. */
const MOST = 300;
const SHARES = [0.1, 0.3, 0.5, 0.7, 0.9];
const TWINS = 12;

export const damage = inspection<FoundDamage>({
  id: "damage",
  title: "What is left as parts are taken away",
  look: ({ model, data, place }: InspectContext) => {
    if (data.classes === null) return new NotHere("it learns values, no classes");
    const total = countExamples(data.test);
    if (total === 0) return new NotHere("there are no test examples");
    const layer = place.layer ?? lastHidden(model);
    if (layer === null) return new NotHere("it has no hidden dense or conv2d layer");
    const examples = Math.min(total, MOST);
    const rows = Array.from({ length: examples }, (_, row) => row);
    const some = pickExamples(data.test, rows);
    try {
      return {
        examples,
        units: damageOf(model, some, { layer, amounts: numbersOf(model, layer) }),
        weights: damageOf(model, some, { layer, of: "weights", amounts: SHARES }),
        twins: twinsOf(model, some.x, some.y, { layer, most: TWINS }),
      };
    } catch (error) {
      // Of a layer that nobody asked for: the other sections are shown all the same.
      if (!(error instanceof NeuriteError) || place.layer !== undefined) throw error;
      return new NotHere(error.message.replace(/^\w+: /, ""));
    }
  },
  text: ({ examples, units, weights, twins }) => [
    `${plural(units.parts, "unit")} of ${units.layer}, ${plural(examples, "test example")}, ${plural(units.amounts[0]!.accuracies.length, "draw")} each; ${percent(units.whole, 1)} right with all of them`,
    ...table(HEAD, rowsOf(units)),
    `${plural(weights.parts, "weight")} of ${weights.layer}`,
    ...table(HEAD, rowsOf(weights)),
    "",
    ...twinLines(twins).flatMap((line) => wrapLines(line)),
  ],
  html: ({
    units,
    weights,
    twins,
  }) => `<p>A memory that lies in all connections fails gently: every dot is a
draw of which units, or weights, of <code>${escapeHtml(units.layer)}</code> go. <span class="key first">mean of the draws</span>
<span class="key second">the worst of them</span></p>
<div class="pair">
<figure><figcaption><strong>Units deleted</strong>, of ${units.parts}</figcaption>${drawDamageCurve(units)}</figure>
<figure><figcaption><strong>Weights put to 0</strong>, of ${weights.parts.toLocaleString("en-US")}</figcaption>${drawDamageCurve(weights)}</figure>
</div>
<p>${twinLines(twins).map(escapeHtml).join(" ")}</p>`,
});

const HEAD = ["gone", "right on average", "at worst"];

function rowsOf({ of, amounts }: Damage): string[][] {
  return amounts.map(({ amount, mean, worst }) => [
    of === "units" ? String(amount) : percent(amount, 0),
    percent(mean, 1),
    percent(worst, 1),
  ]);
}

function twinLines({ layer, units, hasSigns, count, digits, losses, loss, ...found }: Twins) {
  const number = count < 1e6 ? String(count) : `about 10^${digits.toFixed(0)}`;
  const formula = hasSigns ? `${units}! x 2^${units}` : `${units}!`;
  return [
    `The units of ${layer} can change places${hasSigns ? " and signs" : ""}: ${formula} = ${number} networks of other weights are the same function.`,
    `${found.isComplete ? `All ${losses.length}` : `${losses.length} of them, drawn at random,`} have the loss ${loss.toPrecision(6)} up to ${found.difference.toExponential(1)}, up to ${found.farthest.toFixed(2)} away in the space of weights.`,
  ];
}

/** Shares of the units of a layer in whole units, at least one and each once. */
function numbersOf({ network }: Model, layer: string): number[] {
  const units = network.placed.find(({ name }) => name === layer)!.outputShape.at(-1)!;
  return [...new Set(SHARES.map((share) => Math.max(1, Math.round(share * units))))];
}

/** The last layer with weights that another one reads. */
function lastHidden(model: Model): string | null {
  const weighted = model.network.placed.filter(({ kind }) => kind === "dense" || kind === "conv2d");
  return weighted.at(-2)?.name ?? null;
}
