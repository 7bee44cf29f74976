/** What `npm run check` leaves out is there, each file once: a file that moved would be checked again. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { SLOW_FILES } from "./slow-files.ts";

test("slow files are test files of this repository, in order", () => {
  const missing = SLOW_FILES.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)));
  expect(missing).toEqual([]);
  expect(SLOW_FILES).toEqual([...new Set(SLOW_FILES)].sort());
});
