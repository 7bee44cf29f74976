// The page of an explanation: the drawing and every part, in one file.

import type { Explanation } from "neurite/inspect/expression";
import { isDrawable } from "../drawings/graph.ts";
import { computationDrawing } from "../drawings/graph-data.ts";
import { graphFigure } from "../drawings/graph-figure.ts";
import { escapeHtml } from "../report/escape.ts";
import { page } from "../report/page.ts";
import { type Part, partHtml } from "./part.ts";

const CAPTION =
  "On every edge the value, and under it what reverse mode sends back over this edge. " +
  "All that arrives at a value, added up, is its gradient.";

export function explanationPage(
  { expression, computation, reverse }: Explanation,
  { title, point }: { readonly title: string; readonly point: string },
  parts: readonly Part[],
): string {
  const drawings = reverse.map((pass) => computationDrawing(computation, pass));
  const figures = drawings.map((drawing) =>
    isDrawable(drawing)
      ? graphFigure(drawing, CAPTION)
      : "<p>These are too many operations for a drawing here; <code>--dot</code> gives them to Graphviz.</p>",
  );
  return page({
    title,
    lead: `<p class="lead"><code>${escapeHtml(expression.text)}</code></p>\n<p class="lead">${escapeHtml(point)}</p>`,
    sections: [
      { title: "Drawing", html: figures.join("\n") },
      ...parts.map((part) => ({ title: part.title, html: partHtml(part) })),
    ],
  });
}
