// What the section "window" says and draws.

import type { ConvolutionCell, PoolingCell, SharedWeights, ShiftReport } from "neurite/inspect";
import { drawFramedPicture } from "../drawings/framed-picture.ts";
import { drawNumberGrid, shortNumber } from "../drawings/number-grid.ts";
import { escapeHtml } from "../report/svg.ts";
import { percent } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";
import type { InspectContext } from "./section.ts";
import { placesLines, type WindowPlaces } from "./window-places.ts";

export interface FoundWindow {
  readonly cell: ConvolutionCell;
  /** The channel of the patch that adds most, which is shown. */
  readonly channel: number;
  /** What each channel adds. */
  readonly channelSums: readonly number[];
  readonly places: WindowPlaces;
  readonly pool: PoolingCell | null;
  readonly shift: ShiftReport | null;
  readonly shared: readonly SharedWeights[];
}

function ofChannel(values: ArrayLike<number>, channels: number, channel: number): number[] {
  return Array.from(
    { length: values.length / channels },
    (_, i) => values[i * channels + channel]!,
  );
}

export function cellLines({ cell, channel, channelSums }: FoundWindow): string[] {
  const [height, width, channels] = cell.shape;
  const grids = [cell.patch, cell.kernel, cell.products].map((values) =>
    ofChannel(values, channels, channel),
  );
  const rows = Array.from({ length: height }, (_, y) =>
    grids
      .map((grid) =>
        grid
          .slice(y * width, (y + 1) * width)
          .map((v) => shortNumber(v).padStart(6))
          .join(""),
      )
      .join("  |"),
  );
  const head = ["patch", "kernel", "patch x kernel"]
    .map((title) =>
      title
        .padStart(6)
        .padEnd(6 * width)
        .slice(0, Math.max(6 * width, 14)),
    )
    .join("  |");
  const { at, filter, window: w, field } = cell;
  const sees = field
    ? `; of the picture it sees ${field.height} x ${field.width}, from row ${field.top} and column ${field.left}`
    : "";
  return [
    `Cell [${at.join(", ")}] of map ${filter} of ${cell.layer} reads rows ${w.top} to ${w.top + w.height - 1} and columns ${w.left} to ${w.left + w.width - 1}`,
    `(stride ${w.strides.join(" x ")}, dilation ${w.dilation.join(" x ")})${sees}.`,
    ...(channels > 1 ? [`Channel ${channel} of ${channels}, the one that adds most:`] : []),
    head,
    ...rows,
    sumLine(cell, channelSums),
    ...wrapLines(
      `With the kernel flipped, which is what mathematics calls convolution, it would be ${cell.flipped.toPrecision(5)}: layers here take the kernel as it is.`,
    ),
  ];
}

function sumLine(
  { sum, bias, z, output }: ConvolutionCell,
  channelSums: readonly number[],
): string {
  const all = channelSums.length > 1 ? ` over ${channelSums.length} channels` : "";
  return `sum${all} ${sum.toPrecision(5)} + bias ${bias.toPrecision(5)} = z ${z.toPrecision(5)}; the layer gives ${output.toPrecision(5)}`;
}

export function poolLines({ pool, shift }: FoundWindow): string[] {
  if (!pool || !shift) return ["No pooling layer reads it."];
  const which = pool.kind === "maxPool2d" ? `; the largest is at [${pool.largest.join(", ")}]` : "";
  const line = ({ layer, share, active, change }: ShiftReport["before"]) => [
    layer,
    percent(share, 1),
    percent(active, 1),
    percent(change, 1),
  ];
  return [
    `${pool.layer} gives ${pool.output.toPrecision(4)} at [${pool.at.join(", ")}], of rows ${pool.window.top} to ${pool.window.top + pool.window.height - 1} and columns ${pool.window.left} to ${pool.window.left + pool.window.width - 1}${which}.`,
    `As pictures move by one pixel to the right, cells stay as they are (within ${percent(shift.tolerance, 0)} of the largest):`,
    ...table(
      ["layer", "of all", "of those not 0", "length of the change"],
      [line(shift.before), line(shift.pooled)],
    ),
  ];
}

export function sharedLines(shared: readonly SharedWeights[]): string[] {
  const number = (n: number) => n.toLocaleString("en-US");
  return [
    "Shared weights: parameters of the maps, and of dense layers that would read the same",
    ...table(
      [
        "layer",
        "a map",
        "maps",
        "parameters",
        `dense of ${shared[0]?.denseUnits ?? 30}`,
        "dense, a unit a cell",
      ],
      shared.map(({ layer, perMap, maps, parameters, dense, denseCells }) => [
        layer,
        ...[perMap, maps, parameters, dense, denseCells].map(number),
      ]),
    ),
  ];
}

export function windowPictures(found: FoundWindow, { data, row }: InspectContext): string {
  const { cell, channel, channelSums } = found;
  const [height, width, channels] = cell.shape;
  const grid = (name: string, values: ArrayLike<number>, faded?: ArrayLike<boolean>) => {
    const own = ofChannel(values, channels, channel);
    const scale = Math.max(...own.map(Math.abs).filter(Number.isFinite), 0);
    const padded = faded && Array.from({ length: height * width }, (_, i) => faded[i * channels]!);
    const title = `${name}: ${own.map(shortNumber).join(", ")}`;
    return `<figure><figcaption><strong>${name}</strong></figcaption>
${drawNumberGrid({ title, rows: height, columns: width, values: own, scale, ...(padded && { faded: padded }) })}</figure>`;
  };
  const { field } = cell;
  const size = field ? field.picture[0] * field.picture[1] * field.picture[2] : 0;
  const shown = field
    ? `<figure>${drawFramedPicture(
        `Test example ${row}, with what the cell sees of it in a frame`,
        {
          height: field.picture[0],
          width: field.picture[1],
          channels: field.picture[2],
          values: data.test.x.data.subarray(row * size, (row + 1) * size),
        },
        [field],
      )}<figcaption>What cell [${cell.at.join(", ")}] of map ${cell.filter} of <code>${escapeHtml(cell.layer)}</code> sees: ${field.height} x ${field.width} pixels.</figcaption></figure>`
    : "";
  const one =
    channels > 1 ? ` Shown is channel ${channel} of ${channels}, the one that adds most.` : "";
  return `<div class="grids">
${shown}
${grid("Patch", cell.patch, cell.padded)}
${grid("Kernel", cell.kernel)}
${grid("Patch x kernel", cell.products)}
</div>
<p><strong>${escapeHtml(sumLine(cell, channelSums))}</strong>.${one} With the kernel flipped it would be
${cell.flipped.toPrecision(5)}: that is what mathematics calls convolution; layers take the kernel as it is.</p>
<pre tabindex="0">${escapeHtml(
    [...placesLines(found.places), "", ...poolLines(found), "", ...sharedLines(found.shared)].join(
      "\n",
    ),
  )}</pre>`;
}
