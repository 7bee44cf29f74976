/** The order of test files: those that collect garbage, the slow ones, the rest. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { SLOW_FILES } from "./slow-files.ts";

/** Knows what is slow where nothing has run yet, and vitest can but go by the sizes of files. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await super.sort(files);
    const slow = new Set(SLOW_FILES);
    const rank = ({ moduleId }: TestSpecification): number => {
      if (readFileSync(moduleId, "utf8").includes("--expose-gc")) return 0;
      return slow.has(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/")) ? 1 : 2;
    };
    // A collection goes through the whole heap, which grows from file to file: at the end it takes three
    // times as long. Slow files are not last, so that none of them runs alone there.
    return [0, 1, 2].flatMap((wanted) => ordered.filter((file) => rank(file) === wanted));
  }
}
