// Widgets that every page may use. They are loaded before any page is: what few pages use is imported from its folder,
// as widgets/net-diagram, and comes with those pages.

export { Choice, type ChoiceProps } from "./choice.tsx";
export { EffectMark } from "./effect-mark.tsx";
export { FormulaView, type FormulaViewProps } from "./formula-view.tsx";
export { GoalBar, type GoalBarProps } from "./goal-bar.tsx";
export { Icon, type IconName } from "./icon.tsx";
export { NumberField, type NumberFieldProps } from "./number-field.tsx";
export { Plot, type PlotProps } from "./plot/plot.tsx";
export type { Series } from "./plot/scales.ts";
export { LibraryText, ProblemText } from "./problem-text.tsx";
export type { MapValues } from "./region/paint.ts";
export { RegionMap, type RegionMapProps } from "./region/region-map.tsx";
export { StopNote } from "./stop-note.tsx";
export { TableAlternative, type TableProps } from "./table-alternative.tsx";
export { Timeline, type TimelineMark } from "./timeline.tsx";
export { PACES, type PaceName, Transport, type TransportProps } from "./transport.tsx";
