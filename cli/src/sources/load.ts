// Loads what a specification names as its data: a set by name, or files of one's own.

import { type DataRequest, type FileLoaders, loadData, type NamedDataset } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import type { FileKind, RunSpec } from "neurite/spec";
import type { RunReader } from "./table.ts";

/** Readers of files, each fetched when a run needs it. A table is read as the model says that it reads its columns. */
function filesFor(run: RunReader | undefined): FileLoaders {
  return {
    table: async (request) => (await import("./table.ts")).loadTable(request, run),
    pictures: async (request) => (await import("./pictures.ts")).loadPictures(request),
    arrays: async (request) => (await import("./arrays.ts")).loadArrays(request),
    text: async (request) => (await import("./text.ts")).loadText(request),
  };
}

/**
 * @param run the one that the data are for
 * @throws NeuriteError or CliError for what is not there or cannot be read, in a sentence
 */
export function loadSource(request: DataRequest, run?: RunReader): Promise<NamedDataset> {
  return loadData(request, NODE_DATA, filesFor(run));
}

/** Readers of other data of the same kind, all of which a run is tested on. */
const OTHERS: Readonly<Record<FileKind, (path: string, spec: RunSpec) => Promise<NamedDataset>>> = {
  table: async (path, spec) => (await import("./table.ts")).loadOtherTable(path, spec),
  pictures: async (path, spec) => (await import("./pictures.ts")).loadOtherPictures(path, spec),
  arrays: async (path, spec) => (await import("./arrays.ts")).loadOtherArrays(path, spec),
  text: async (path, spec) => (await import("./text.ts")).loadOtherText(path, spec),
};

/** @throws NeuriteError or CliError for data that the run cannot read */
export function loadOther(path: string, spec: RunSpec): Promise<NamedDataset> {
  return OTHERS[spec.data.file!.kind](path, spec);
}
