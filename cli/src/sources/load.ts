// Loads what a specification names as its data: a set by name, or files of one's own.

import { type DataRequest, type FileLoaders, loadData, type NamedDataset } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";

/** Readers of files, each fetched when a run needs it. */
const FILES: FileLoaders = {};

/** @throws NeuriteError for what is not there or cannot be read, in a sentence */
export function loadSource(request: DataRequest): Promise<NamedDataset> {
  return loadData(request, NODE_DATA, FILES);
}
