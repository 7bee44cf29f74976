// Functions of one number, for the pages that show them.

export { CurvePlot } from "./curve-plot.tsx";
export type { CurveBand, CurveMark } from "./curve-point.ts";
export { Slider } from "./slider.tsx";
