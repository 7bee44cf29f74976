// A drawing as a file of its own: with the colours that a page would give it.

import { COLORS_CSS } from "../report/page.ts";

/** Puts the colours of pages, light and dark, into an SVG that takes them from around it. */
export function standaloneSvg(svg: string): string {
  const style = `<style>\n${COLORS_CSS}\nsvg { background: var(--ground); }\n</style>`;
  return `${svg.replace(/^<svg[^>]*>/, (head) => `${head}\n${style}`)}\n`;
}
