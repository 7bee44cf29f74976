import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isMissingData, missingDataOf } from "./missing-data.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-missing-data-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is the file of a run that came in without data, until somebody puts it there", () => {
  const path = missingDataOf(folder);
  expect(isMissingData(path, folder)).toBe(true);
  expect(isMissingData(path, `${folder}/`)).toBe(true);
  // A file of the same name elsewhere was there once: that it is gone is said as of any file.
  expect(isMissingData(join(folder, "elsewhere", "data.npz"), folder)).toBe(false);
  writeFileSync(path, "");
  expect(isMissingData(path, folder)).toBe(false);
});
