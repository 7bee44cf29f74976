// The section "learnt": weights and filters as pictures, what units respond to most, what a prediction hangs on.

import { countExamples, pickExamples } from "neurite/data";
import {
  filtersOf,
  labelsOf,
  type MaximisedInput,
  type Mistake,
  maximiseUnits,
  mistakesOf,
  type OcclusionMap,
  occlusionOf,
  predictionsOf,
  strongestOf,
  type UnitResponses,
} from "neurite/inspect";
import type { Model } from "neurite/train";
import { drawFramedPicture, pictureUri, signedUri } from "../drawings/framed-picture.ts";
import { filterPictures } from "../report/filters.ts";
import { weightPictures } from "../report/pictures.ts";
import { escapeHtml } from "../report/svg.ts";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";

interface FoundLearnt {
  readonly layer: string;
  readonly units: number;
  readonly strongest: readonly UnitResponses[];
  readonly climbed: readonly MaximisedInput[];
  readonly occlusion: OcclusionMap;
  readonly mistakes: readonly Mistake[];
}

/** Test examples among which the strongest are sought. */
const MOST = 1000;
const UNITS = 8;
const RESPONSES = 6;

export const learnt = inspection<FoundLearnt>({
  id: "learnt",
  title: "What it has learnt",
  look: async ({ model, data, row, place }: InspectContext) => {
    if (data.view !== "image") return new NotHere("its examples are no pictures");
    const total = countExamples(data.test);
    if (total === 0) return new NotHere("there are no test examples");
    const layer = place.layer ?? looking(model);
    const units = model.network.placed.find(({ name }) => name === layer)!.outputShape.at(-1)!;
    const first = place.channel ?? 0;
    const shown = Array.from({ length: units }, (_, unit) => unit).slice(first, first + UNITS);
    const rows = Array.from({ length: Math.min(total, MOST) }, (_, i) => i);
    const some = pickExamples(data.test, rows).x;
    const high = Array.from(some.data).reduce((a, b) => Math.max(a, b), 1);
    return {
      layer,
      units,
      strongest: strongestOf(model, some, { layer, units: shown, most: RESPONSES }),
      climbed: maximiseUnits(model, { layer, units: shown, low: 0, high }),
      occlusion: await occlusionOf(model, pickExamples(data.test, [row]).x),
      mistakes: mistakesOf(data.test, await predictionsOf(model, data.test.x)),
    };
  },
  text: (found, { model, data, row }) => {
    const labels = labelsOf(data.test);
    const name = (c: number) => data.classNames[c] ?? String(c);
    const rows = found.strongest.map(({ unit, responses }, i) => [
      String(unit),
      responses.map(({ row: example }) => `${name(labels[example]!)} #${example}`).join(", "),
      (responses[0]?.value ?? Number.NaN).toPrecision(3),
      found.climbed[i]!.climb.at(-1)!.toPrecision(3),
    ]);
    const filters = filtersOf(model).map(
      ({ layer, filters: n, height, width }) => `${n} filters of ${height} x ${width} in ${layer}`,
    );
    return [
      ...(filters.length > 0 ? [`${filters.join(", ")} (pictures of them on the page)`] : []),
      `What units of ${found.layer} respond to most: class and number of the test example`,
      ...table(["unit", "strongest examples", "largest", "net input climbed to"], rows),
      ...wrapLines(aboutOcclusion(found.occlusion, row, name)),
      ...wrapLines(
        `${plural(found.mistakes.length, "mistake")}; the surest: ${
          found.mistakes
            .slice(0, 4)
            .map(
              (m) =>
                `#${m.row} ${name(m.label)} taken for ${name(m.predicted)} (${percent(m.probability, 1)})`,
            )
            .join(", ") || "none"
        }`,
      ),
    ];
  },
  html: (found, context) => {
    const { model, data, row } = context;
    const name = (c: number) => data.classNames[c] ?? String(c);
    return [
      weightPictures(model),
      filterPictures(model),
      strongestFigures(found, context),
      occlusionFigure(found.occlusion, context),
      `<p>${escapeHtml(aboutOcclusion(found.occlusion, row, name))}</p>`,
    ]
      .filter((part) => part !== null)
      .join("\n");
  },
});

/** A deep layer that still sees windows, or else the first dense one. */
function looking(model: Model): string {
  const { placed } = model.network;
  const seeing = placed.findLast(({ kind }) => kind === "conv2d");
  return (seeing ?? placed.find(({ kind }) => kind === "dense") ?? placed.at(-1)!).name;
}

function strongestFigures(found: FoundLearnt, { data }: InspectContext): string {
  const [height, width, channels] = found.occlusion.picture;
  const size = height * width * channels;
  const labels = labelsOf(data.test);
  const rows = found.strongest.map(({ unit, responses }, i) => {
    const climbed = found.climbed[i]!;
    const pictures = responses.map(({ row, value, patch }) => {
      const values = data.test.x.data.subarray(row * size, (row + 1) * size);
      const said = `Test example ${row}, a ${data.classNames[labels[row]!] ?? labels[row]}, gives ${value.toPrecision(3)}`;
      const picture = { height, width, channels, values };
      return drawFramedPicture(said, picture, patch ? [patch] : []);
    });
    const own = pictureUri({ height, width, channels, values: climbed.values });
    const said = `An input climbed to for unit ${unit}`;
    return `<tr><th>${unit}</th>${pictures.map((svg) => `<td>${svg}</td>`).join("")}<td><img src="${own}" alt="${said}"></td></tr>`;
  });
  const head = `<tr><th>unit</th><th colspan="${RESPONSES}">strongest examples</th><th>climbed</th></tr>`;
  return `<figure><div class="wide"><table class="responses">
${head}
${rows.join("\n")}
</table></div>
<figcaption>Units ${found.strongest[0]?.unit ?? 0} to ${found.strongest.at(-1)?.unit ?? 0} of the ${found.units} of
<code>${escapeHtml(found.layer)}</code>: the test examples that move each furthest up, in a frame what the unit sees of
them, and an input climbed to by its gradient from noise. The last need not look like anything: it is what the unit
asks for, no more.</figcaption></figure>`;
}

function occlusionFigure(map: OcclusionMap, { data, row }: InspectContext): string {
  const [height, width, channels] = map.picture;
  const size = height * width * channels;
  const values = data.test.x.data.subarray(row * size, (row + 1) * size);
  const lost = map.values.map((p) => map.probability - p);
  const { top, left } = map.lowest;
  const most = Math.max(...lost.map(Math.abs).filter(Number.isFinite), 1e-9);
  const picture = { height: map.rows, width: map.columns, channels: 1, values: lost };
  return `<div class="pair"><figure>
${drawFramedPicture(`Test example ${row}, with the square that costs most`, { height, width, channels, values }, [{ top, left, height: map.size, width: map.size }])}
<figcaption>Test example #${row}; the frame is where a square of ${map.size} x ${map.size} costs the answer most.</figcaption></figure>
<figure><img class="kernels" src="${signedUri(picture, most)}" alt="How much probability is lost as the square is covered, place by place">
<figcaption>What is lost with the square's corner at each place: <span class="swatch red"></span> up to ${percent(Math.max(...lost), 1)} less,
<span class="swatch blue"></span> up to ${percent(Math.max(0, -Math.min(...lost)), 1)} more.</figcaption></figure></div>`;
}

function aboutOcclusion(map: OcclusionMap, row: number, name: (c: number) => string): string {
  const { top, left, probability } = map.lowest;
  return `Example #${row} is ${name(map.label)} with ${percent(map.probability, 1)}; with rows ${top} to ${
    top + map.size - 1
  } and columns ${left} to ${left + map.size - 1} covered, with ${percent(probability, 1)}.`;
}
