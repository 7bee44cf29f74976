// The section "hidden": where the last hidden layer puts the examples.

import { countExamples, pickExamples } from "neurite/data";
import {
  type HiddenSpace,
  hiddenSpaceOf,
  labelsOf,
  type SeparatingLine,
  separatingLineOf,
} from "neurite/inspect";
import { drawClassPoints } from "../drawings/scatter.ts";
import { escapeHtml } from "../report/svg.ts";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { type InspectContext, inspection, NotHere } from "./section.ts";

interface FoundSpace {
  readonly space: HiddenSpace;
  readonly labels: readonly number[];
  readonly classNames: readonly string[];
  /** Of inputs in the plane: what they are before the network. */
  readonly inputs: readonly number[] | null;
  /** Between two classes, if there is one. */
  readonly hiddenLine: SeparatingLine | null;
  readonly inputLine: SeparatingLine | null;
}

/** More points than that cover each other. */
const MOST = 600;

export const hiddenSpace = inspection<FoundSpace>({
  id: "hidden",
  title: "Where the hidden layer puts the examples",
  look: ({ model, data, place }: InspectContext) => {
    if (data.classes === null) return new NotHere("it learns values, no classes");
    const part = countExamples(data.test) > 0 ? data.test : data.train;
    const hidden = model.network.placed.filter(({ name }) => model.layer(name)["w"]);
    if (hidden.length < 2 && !place.layer) return new NotHere("it has no hidden layer");
    const count = Math.min(MOST, countExamples(part));
    const some = pickExamples(
      part,
      Array.from({ length: count }, (_, row) => row),
    );
    const space = hiddenSpaceOf(model, some.x, place.layer ? { layer: place.layer } : {});
    const labels = labelsOf(some);
    const isTwo = data.classes === 2 && new Set(labels).size === 2;
    const isPlane = data.view === "plane";
    const plane = { count, dimensions: 2, values: some.x.data };
    return {
      space,
      labels,
      classNames: data.classNames,
      inputs: isPlane ? Array.from(some.x.data) : null,
      hiddenLine: isTwo && space.dimensions === 2 ? separatingLineOf(space, labels) : null,
      inputLine: isTwo && isPlane ? separatingLineOf(plane, labels) : null,
    };
  },
  text: (found) => {
    const { space, labels, classNames } = found;
    const rows = labels
      .slice(0, 8)
      .map((label, i) => [
        String(i),
        classNames[label] ?? String(label),
        ...Array.from({ length: space.dimensions }, (_, d) =>
          space.values[i * space.dimensions + d]!.toFixed(4),
        ),
      ]);
    return [
      aboutSpace(found),
      ...aboutLines(found),
      ...table(["example", "class", ...axisNames(space)], rows),
      ...(labels.length > 8 ? [`and ${labels.length - 8} more (--json has all of them)`] : []),
    ];
  },
  html: (found) => {
    const { space, labels, classNames, inputs } = found;
    const shared = { labels, classNames };
    const before = inputs
      ? `<figure class="plane"><figcaption><strong>Before</strong>: the inputs</figcaption>
${drawClassPoints({ ...shared, title: "The examples in the plane of the inputs", values: inputs, axes: ["x1", "x2"], lines: linesOf(found.inputLine, null) })}</figure>`
      : "";
    const [x, y = ""] = axisNames(space);
    const after =
      space.dimensions < 2
        ? ""
        : `<figure class="plane"><figcaption><strong>Behind <code>${escapeHtml(space.layer)}</code></strong></figcaption>
${drawClassPoints({ ...shared, title: `The examples as ${space.layer} sees them`, values: space.values, axes: [x!, y], lines: linesOf(found.hiddenLine, space.readout) })}</figure>`;
    return `<p>${escapeHtml(aboutSpace(found))} ${aboutLines(found).map(escapeHtml).join(" ")}</p>
<div class="pair">
${before}
${after}
</div>
<p class="hint">${classNames.length <= 2 ? '<span class="swatch orange"></span> class 0, <span class="swatch blue"></span> class 1. ' : ""}Line:
the widest street between two classes, where one parts them. Dashed: where the network itself changes its mind, if its
next layer reads two units.</p>`;
  },
});

function linesOf(line: SeparatingLine | null, readout: SeparatingLine | null) {
  return [
    ...(line ? [{ ...line, isDashed: false }] : []),
    ...(readout ? [{ ...readout, isDashed: true }] : []),
  ];
}

function axisNames({ axes, dimensions }: HiddenSpace): string[] {
  return Array.from({ length: dimensions }, (_, d) =>
    axes ? `component ${d + 1} (${percent(axes[d]!.share, 0)})` : `unit ${d}`,
  );
}

function aboutSpace({ space, labels }: FoundSpace): string {
  const seen = space.axes
    ? `the first ${space.dimensions} principal components, with ${percent(
        space.axes.reduce((sum, { share }) => sum + share, 0),
        0,
      )} of the variance`
    : "as they are";
  return `${plural(labels.length, "example")} behind ${plural(space.units, "unit")} of ${space.layer}: ${seen}.`;
}

function aboutLines({ inputs, inputLine, hiddenLine, space, classNames }: FoundSpace): string[] {
  if (classNames.length !== 2) return [];
  const told = (line: SeparatingLine | null, where: string) =>
    line
      ? `A line separates the classes in ${where} (margin ${line.margin.toPrecision(3)}).`
      : `No line separates the classes in ${where}.`;
  const hidden = space.axes ? "this view of hidden space" : "hidden space";
  return [
    ...(inputs ? [told(inputLine, "the plane of the inputs")] : []),
    ...(space.dimensions === 2 ? [told(hiddenLine, hidden)] : []),
  ];
}
