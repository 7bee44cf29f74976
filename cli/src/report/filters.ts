// The kernels of a network's convolutions as pictures.

import { type Filters, filtersOf } from "neurite/inspect";
import type { Model } from "neurite/train";
import { escapeHtml } from "./svg.ts";
import { diverging, tilesUri } from "./tiles.ts";

/** Channels, and filters, of a layer that are shown at most. */
const MOST = 64;
const COLUMNS = 10;

/** One figure for each conv2d layer; null where there is none. */
export function filterPictures(model: Model): string | null {
  const layers = filtersOf(model);
  if (layers.length === 0) return null;
  const figures = layers.map(kernelFigure);
  return `<p>What a convolution multiplies every place of its input with:
<span class="said"><span class="swatch red"></span> positive weights</span>,
<span class="said"><span class="swatch blue"></span> negative ones</span>, white for 0; the strongest weight of
a layer has the full colour.</p>
${figures.join("\n")}`;
}

function kernelFigure(found: Filters): string {
  const { height, width, channels, filters, values: w, low, high } = found;
  const layer = escapeHtml(found.layer);
  const strongest = Math.max(-low, high) || 1;
  const [rows, columns] = [Math.min(channels, MOST), Math.min(filters, MOST)];
  const isRow = channels === 1;
  const uri = tilesUri({
    count: rows * columns,
    columns: isRow ? Math.min(COLUMNS, columns) : columns,
    width,
    height,
    zoom: isRow ? 8 : 1,
    gap: isRow ? 4 : 1,
    colorAt: (tile, x, y) => {
      const [channel, filter] = [Math.floor(tile / columns), tile % columns];
      return diverging(w[((y * width + x) * channels + channel) * filters + filter]! / strongest);
    },
  });
  const cut =
    rows < channels || columns < filters ? `, the first ${rows} x ${columns} of them` : "";
  const size = `${height} x ${width}`;
  const range = `weights from ${low.toFixed(2)} to ${high.toFixed(2)}`;
  if (isRow) {
    return `<figure>
<img class="kernels" src="${uri}" alt="The ${filters} filters of layer ${layer}, ${size} each: blue where a weight is negative, red where it is positive.">
<figcaption><code>${layer}</code>: ${filters} filters of ${size}${cut}, row by row, counted from 0; ${range}. Each makes
the channel of its number in the layer's output.</figcaption>
</figure>`;
  }
  return `<figure>
<div class="wide" tabindex="0" role="region" aria-label="Kernels of ${layer}"><img class="matrix" src="${uri}" alt="The kernels of layer ${layer}, ${size} each: a row for each of ${rows} input channels, a column for each of ${columns} output channels; blue where a weight is negative, red where it is positive."></div>
<figcaption><code>${layer}</code>: ${channels} x ${filters} kernels of ${size}${cut}; ${range}. A row for each
channel that the layer reads, a column for each that it makes: an output channel is the sum over its column.</figcaption>
</figure>`;
}
