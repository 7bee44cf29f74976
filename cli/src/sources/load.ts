// Loads what a specification names as its data: a set by name, or files of one's own.

import { type DataRequest, type FileLoaders, loadData, type NamedDataset } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import type { RunReader } from "./table.ts";

/** Readers of files, each fetched when a run needs it. A table is read as the model says that it reads its columns. */
function filesFor(run: RunReader | undefined): FileLoaders {
  return {
    table: async (request) => (await import("./table.ts")).loadTable(request, run),
  };
}

/**
 * @param run the one that the data are for
 * @throws NeuriteError or CliError for what is not there or cannot be read, in a sentence
 */
export function loadSource(request: DataRequest, run?: RunReader): Promise<NamedDataset> {
  return loadData(request, NODE_DATA, filesFor(run));
}
