// Functions of two numbers, from above and in space, for the pages that show them.

export { ContourMap, type ContourMapProps } from "./contour-map.tsx";
export type { Turn } from "./project.ts";
export { Surface3D, type Surface3DProps } from "./surface-3d.tsx";
export type { DrawnWay, MovablePlace } from "./way.ts";
