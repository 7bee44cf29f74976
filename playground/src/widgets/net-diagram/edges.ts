// Edges on a canvas: width by size, colour and dashes by sign, and which of them is under the pointer.

import type { Layout, PlacedUnit } from "./layout.ts";
import { fullWidth, type NetNumbers, type Overlay } from "./numbers.ts";

export interface Edge {
  /** The layer that it leads to, and the units at its ends. */
  readonly layer: number;
  readonly from: number;
  readonly to: number;
}

export interface EdgeStyle {
  readonly high: string;
  readonly low: string;
  readonly overlay: Overlay;
  /** Edges of this unit stand out, the others are faint; null for all alike. */
  readonly focus: { readonly layer: number; readonly unit: number } | null;
  readonly marked: Edge | null;
}

export function paintEdges(
  canvas: HTMLCanvasElement,
  layout: Layout,
  numbers: NetNumbers,
  style: EdgeStyle,
): void {
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
  const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, layout.width, layout.height);
  const full = fullWidth(numbers, style.overlay);
  for (const { edge, from, to, value } of edgesOf(layout, numbers)) {
    const isMarked = style.marked !== null && isSameEdge(edge, style.marked);
    context.globalAlpha = isMarked || isNear(edge, style.focus) ? 1 : 0.13;
    context.strokeStyle = value < 0 ? style.low : style.high;
    context.lineWidth = 0.7 + 6 * Math.min(Math.abs(value) / full, 1) + (isMarked ? 2 : 0);
    context.setLineDash(value < 0 ? [6, 3] : []);
    const [x1, x2] = [from.x + layout.size / 2, to.x - layout.size / 2];
    const bend = (x2 - x1) / 2;
    context.beginPath();
    context.moveTo(x1, from.y);
    context.bezierCurveTo(x1 + bend, from.y, x2 - bend, to.y, x2, to.y);
    context.stroke();
  }
}

function isSameEdge(a: Edge, b: Edge): boolean {
  return a.layer === b.layer && a.from === b.from && a.to === b.to;
}

/** Whether an edge begins or ends at the unit that is looked at. */
export function isNear({ layer, from, to }: Edge, focus: EdgeStyle["focus"]): boolean {
  if (focus === null) return true;
  if (focus.layer === layer) return focus.unit === to;
  return focus.layer === layer - 1 && focus.unit === from;
}

interface DrawnEdge {
  readonly edge: Edge;
  readonly from: PlacedUnit;
  readonly to: PlacedUnit;
  readonly value: number;
}

/** Edges between units that are shown, with their numbers. */
export function* edgesOf({ columns }: Layout, { edges }: NetNumbers): Iterable<DrawnEdge> {
  for (let layer = 1; layer < columns.length; layer++) {
    const [below, own] = [columns[layer - 1]!, columns[layer]!];
    const list = edges[layer - 1];
    const units = own.shown.length + own.hidden;
    // A layer between the two that is not drawn: nothing is known of its edges.
    if (!list || list.length !== units * (below.shown.length + below.hidden)) continue;
    for (const from of below.shown) {
      for (const to of own.shown) {
        const value = list[from.unit * units + to.unit]!;
        yield { edge: { layer, from: from.unit, to: to.unit }, from, to, value };
      }
    }
  }
}

/** How far from an edge a finger may be. */
const REACH = 12;

/** The edge that passes nearest to a point; null where none is near. */
export function edgeAt(layout: Layout, numbers: NetNumbers, x: number, y: number): Edge | null {
  let best: { edge: Edge; distance: number } | null = null;
  for (const { edge, from, to } of edgesOf(layout, numbers)) {
    const [x1, x2] = [from.x + layout.size / 2, to.x - layout.size / 2];
    if (x < x1 - REACH || x > x2 + REACH) continue;
    const distance = Math.abs(heightAt(from.y, to.y, (x - x1) / (x2 - x1)) - y);
    if (distance <= REACH && distance < (best?.distance ?? Infinity)) best = { edge, distance };
  }
  return best?.edge ?? null;
}

/** Of the curve that leaves level and arrives level: x(t) = 1.5 t (1 - t) + t³ is undone by Newton's steps. */
function heightAt(from: number, to: number, share: number): number {
  const x = Math.min(Math.max(share, 0), 1);
  let t = x;
  for (let i = 0; i < 4; i++) {
    const value = 1.5 * t * (1 - t) + t ** 3;
    t -= (value - x) / (1.5 - 3 * t + 3 * t * t);
  }
  return from + (to - from) * (3 * t * t - 2 * t ** 3);
}
