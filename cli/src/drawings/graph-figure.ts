// A graph's drawing in a page: from left to right where there is room, from top to bottom on a phone.

import { drawGraph, type GraphDrawing } from "./graph.ts";

/** A graph that needs more than this from top to bottom is rather scrolled from left to right. */
const WIDEST_DOWN = 700;

/** HTML: both directions, of which the page shows one. @param caption HTML under the drawing */
export function graphFigure(drawing: GraphDrawing, caption: string): string {
  const right = `<div class="wide">${drawGraph(drawing, "right")}</div>`;
  const down = drawGraph(drawing, "down");
  const isNarrow = Number(/ width="(\d+)"/.exec(down)![1]) <= WIDEST_DOWN;
  const both = `${right.replace("wide", "wide on-wide")}
<div class="wide on-narrow">${down}</div>`;
  return `<figure class="graph">\n${isNarrow ? both : right}\n<figcaption>${caption}</figcaption></figure>`;
}
