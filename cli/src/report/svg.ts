// Observable Plot without a browser.

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom/worker"; // one file, where linkedom itself is 120
import { escapeHtml } from "./escape.ts";

export { escapeHtml, Plot };

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** The colours of lines, which the page sets for light and dark alike: those of the legend. */
export const COLORS = { first: "var(--first)", second: "var(--second)" } as const;

/** A plot as SVG text that takes its text colour from around it. `title` is what a screen reader says. */
export function drawPlot(title: string, options: Plot.PlotOptions): string {
  const figure = Plot.plot({
    style: { background: "none", color: "currentColor", fontSize: "13px" },
    ...options,
    document: document as unknown as Document,
  });
  figure.setAttribute("role", "img");
  figure.setAttribute("data-generator", "neurite");
  // Written here, since names may hold "<", which is left as it is in an attribute, and then is no XML.
  return figure.outerHTML.replace(/^<svg/, () => `<svg aria-label="${escapeHtml(title)}"`);
}
