// The jobs `exportRun` and `openCheckpoint`: a run as a file, and a file as a run.

import type { Settings } from "../../state/index.ts";

/** Programs that train the run anew or read its weights, its weights, and its examples. */
export type ExportFormat = "typescript" | "keras" | "pytorch" | "checkpoint" | "examples";

export interface ExportRunJob {
  readonly asks: { readonly format: ExportFormat };
  readonly gives: { readonly content: string | Uint8Array<ArrayBuffer> };
}

export interface OpenCheckpointJob {
  readonly asks: { readonly bytes: Uint8Array<ArrayBuffer> };
  readonly gives: {
    readonly run: Settings["run"];
    /** By the name of a variable, as in "dense1/w". */
    readonly weights: Readonly<Record<string, Float32Array | Float64Array>>;
  };
}
