// A run that is imported without data has to name a file of data: one in its folder that is not there.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the data of the run in `folder` would be. */
export const missingDataOf = (folder: string): string => join(folder, "data.npz");

/** Whether `path`, of a run's data, is that file, and nobody has put it there since. */
export const isMissingData = (path: string, folder: string): boolean =>
  resolve(path) === resolve(missingDataOf(folder)) && !existsSync(path);
