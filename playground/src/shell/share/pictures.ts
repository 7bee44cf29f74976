// The pictures of a page as files: drawings with their colours written out, and maps as they are painted.

import { paintParts, SHARPNESS } from "./picture-parts.ts";

export interface Picture {
  readonly name: string;
  readonly element: SVGSVGElement | HTMLCanvasElement;
  /** Drawings that lie over it, as the points do over a map. */
  readonly over: readonly SVGSVGElement[];
}

/** Smaller ones are signs on buttons and maps inside of others. */
const LEAST = 120;

/** Pictures of the page that can be seen, by their accessible names. */
export function picturesOf(root: ParentNode): Picture[] {
  const all = [...root.querySelectorAll<SVGSVGElement | HTMLCanvasElement>("svg, canvas")];
  return all
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isWhole = width >= LEAST && height >= LEAST && !element.parentElement?.closest("svg");
      const frame = element.closest("[data-picture]");
      return isWhole && (frame === null || frame.querySelector("canvas, svg") === element);
    })
    .filter((element, _, shown) => !shown.some((one) => liesOver(element, one)))
    .map((element) => {
      const over = all.filter((one): one is SVGSVGElement => liesOver(one, element));
      return { name: nameOf(element), element, over };
    });
}

/** Whether a drawing belongs to a map: both make one picture. */
function liesOver(element: Element, map: Element): boolean {
  if (!(element instanceof SVGSVGElement && map instanceof HTMLCanvasElement)) return false;
  const picture = map.closest('[role="img"]');
  return picture !== null && picture === element.closest('[role="img"]');
}

function nameOf(element: Element): string {
  const named = element.closest("[aria-label], [aria-labelledby]");
  const by = named?.getAttribute("aria-labelledby");
  const text = by
    ? document.getElementById(by.split(" ")[0]!)?.textContent
    : named?.getAttribute("aria-label");
  // What follows the first sentence tells of keys.
  return text?.split(/[.。]/)[0]?.trim().slice(0, 60) || "neurite";
}

/** What style sheets give a drawing, which a file must say itself. */
const LOOKS = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "fill-opacity",
  "stroke-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "color",
  "visibility",
  "display",
] as const;

/** A drawing as a file of its own. */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [before, after] = [svg, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  before!.forEach((element, i) => {
    const look = getComputedStyle(element);
    const style = LOOKS.map((name) => `${name}:${look.getPropertyValue(name)}`).join(";");
    after![i]!.setAttribute("style", style);
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as it stands, as PNG. */
export async function pngOf({ element, over }: Picture): Promise<Blob> {
  const { width, height } = element.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * SHARPNESS);
  canvas.height = Math.round(height * SHARPNESS);
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const source = element instanceof HTMLCanvasElement ? element : await imageOf(svgText(element));
  const drawings = await Promise.all(over.map((svg) => imageOf(svgText(svg))));
  for (const layer of [source, ...drawings]) {
    pen.drawImage(layer, 0, 0, canvas.width, canvas.height);
  }
  const frame = element.closest("[data-picture]");
  if (frame) paintParts(pen, frame, element);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/** A name as a file may have it. */
export function fileName(name: string, ending: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-+|-+$/g, "");
  return `${plain.slice(0, 60) || "neurite"}.${ending}`;
}
