/** The order of test files: the slow ones first, so that none of them runs alone at the end. */
import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { SLOW_FILES } from "./slow-files.ts";

/** Knows what is slow where nothing has run yet, and vitest can but go by the sizes of files. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await super.sort(files);
    const slow = new Set(SLOW_FILES);
    const isSlow = ({ moduleId }: TestSpecification) =>
      slow.has(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
    return [...ordered.filter(isSlow), ...ordered.filter((file) => !isSlow(file))];
  }
}
