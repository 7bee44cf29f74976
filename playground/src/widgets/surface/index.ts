// Functions of two numbers, from above and in space, for the pages that show them.

import "./surface.css";

export { ContourMap } from "./contour-map.tsx";
export { heightRows } from "./height-rows.ts";
export type { Turn } from "./project.ts";
export { Surface3D } from "./surface-3d.tsx";
export type { DrawnWay } from "./way.ts";
