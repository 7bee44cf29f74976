// The examples of a run as the editor saves them, and reads them again.

import { examplesTable } from "../../codec/examples-table.ts";
import type { DataInfo } from "../../protocol/index.ts";

/** One line an example: inputs as they were given, target, and whether it is for training or testing. */
export function csvOf({ names, train, test }: DataInfo): string {
  return examplesTable(names, "part", [
    { ...train, says: "train" },
    { ...test, says: "test" },
  ]);
}
