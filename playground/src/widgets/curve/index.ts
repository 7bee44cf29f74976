// Functions of one number, for the pages that show them.

export { CurvePlot, type CurvePlotProps } from "./curve-plot.tsx";
export type { CurveBand, CurveMark, CurvePoint } from "./curve-point.ts";
export { Slider, type SliderProps } from "./slider.tsx";
