// Observable Plot without a browser.

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

export { Plot };

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** The colours of lines; each reads well on white and on black. */
export const COLORS = { first: "#3b82f6", second: "#f97316" } as const;

/** A plot as SVG text that takes its text colour from around it. `title` is what a screen reader says. */
export function drawPlot(title: string, options: Plot.PlotOptions): string {
  const figure = Plot.plot({
    style: { background: "none", color: "currentColor", fontSize: "13px" },
    ...options,
    document: document as unknown as Document,
  });
  figure.setAttribute("role", "img");
  figure.setAttribute("aria-label", title);
  return figure.outerHTML;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
