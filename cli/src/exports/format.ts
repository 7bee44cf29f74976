// What a format of neurite export is: a file writes each, and is loaded where its format is asked for.

import type { Model } from "neurite/train";
import type { StoredRun } from "../runs/run-folder.ts";

/** A run that is written in another format. */
export interface ExportedRun {
  readonly run: StoredRun;
  readonly model: Model;
  /** The file that is asked for. */
  readonly out: string;
}

export interface WrittenFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface ExportResult {
  /** The file that was asked for first. */
  readonly files: readonly WrittenFile[];
  /** How it is used, a line each. */
  readonly told: readonly string[];
}

export type Exporter = (exported: ExportedRun) => Promise<ExportResult>;

export interface ExportFormat {
  /** What it is, in the help. */
  readonly says: string;
  /** Of the file, unless --out names one. */
  readonly extension: string;
  readonly load: () => Promise<Exporter>;
}
