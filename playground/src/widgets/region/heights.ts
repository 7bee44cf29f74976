// Heights over the plane as faces on the screen, the farthest first.

import type { MapValues } from "./paint.ts";

/** How it is turned, in radians: around the upright axis, and how far one looks down. */
export interface Turn {
  readonly around: number;
  readonly up: number;
}

export interface Face {
  readonly corners: readonly (readonly [x: number, y: number])[];
  /** The mean height of the corners, in [-1, 1]. */
  readonly value: number;
}

/** So many faces along each side: more are not seen. */
const FACES = 24;
/** How high 1 stands, where the plane reaches from -1 to 1. */
const HEIGHT = 0.55;

export function facesOf(map: MapValues, turn: Turn, side: number): Face[] {
  const { cells, values, kind, scale = 1 } = map;
  const many = Math.min(FACES, cells - 1);
  const cell = (i: number) => Math.round((i / many) * (cells - 1));
  const heightAt = (row: number, column: number) => {
    const value = values[cell(row) * cells + cell(column)]!;
    const signed = kind === "probability" ? 2 * value - 1 : value / scale;
    return Math.min(Math.max(signed, -1), 1);
  };
  const [sin, cos] = [Math.sin(turn.around), Math.cos(turn.around)];
  const [sinUp, cosUp] = [Math.sin(turn.up), Math.cos(turn.up)];
  const project = (row: number, column: number) => {
    const [x, y] = [(2 * column) / many - 1, 1 - (2 * row) / many];
    const height = heightAt(row, column);
    const [across, deep] = [x * cos - y * sin, x * sin + y * cos];
    const up = height * HEIGHT * cosUp + deep * sinUp;
    return { at: toScreen(across, up, side), deep: deep * cosUp, height };
  };
  const faces: (Face & { deep: number })[] = [];
  for (let row = 0; row < many; row++) {
    for (let column = 0; column < many; column++) {
      const corners = [
        project(row, column),
        project(row, column + 1),
        project(row + 1, column + 1),
        project(row + 1, column),
      ];
      const mean = (of: (corner: (typeof corners)[number]) => number) =>
        corners.reduce((sum, corner) => sum + of(corner), 0) / 4;
      faces.push({
        corners: corners.map(({ at }) => at),
        value: mean(({ height }) => height),
        deep: mean(({ deep }) => deep),
      });
    }
  }
  return faces.sort((a, b) => b.deep - a.deep);
}

function toScreen(x: number, y: number, side: number): readonly [number, number] {
  const size = side / 3;
  return [side / 2 + size * x, side / 2 - size * y];
}
