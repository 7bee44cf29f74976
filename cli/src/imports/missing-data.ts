// A run that is imported without data has to name a file of data: one that is not there.

import { existsSync } from "node:fs";
import { basename, join } from "node:path";

const NAME = "data.npz";

/** Where the data of the run in `folder` would be. */
export const missingDataOf = (folder: string): string => join(folder, NAME);

/** Whether a run's data are such a file, and nobody has put it there since. */
export const isMissingData = (path: string): boolean =>
  basename(path) === NAME && !existsSync(path);
