import type { ExperimentLog } from "../cli/src/experiments/log.ts";
export interface ListedExperiment {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly hasFull: boolean;
}
export function readLogs(): ReadonlyMap<string, ExperimentLog>;
export function written(): string;
export function listed(): Promise<ListedExperiment[]>;
export function resultsPage(
  experiments: readonly ListedExperiment[],
  logs: ReadonlyMap<string, ExperimentLog>,
): string;
