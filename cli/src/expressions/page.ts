// The page of an explanation: the drawing and every part, in one file.

import type { Explanation } from "neurite/inspect/expression";
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
  const figures = reverse.map((pass) =>
    graphFigure(computationDrawing(computation, pass), CAPTION),
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
