import { expect, it } from "vitest";
import type { Problem } from "../protocol/index.ts";
import { Announcer } from "./announcer.ts";

it("shows a problem once, however often it comes up, until it is closed", () => {
  const announcer = new Announcer();
  const problem = (): Problem => ({ code: "refused", data: { detail: "no" } });
  const contents = () => announcer.notes.value.map(({ content }) => content);
  announcer.show(problem());
  const other: Problem = { code: "notLoaded", data: {} };
  announcer.show(other);
  const id = announcer.show(problem());
  expect(contents()).toEqual([other, problem()]);
  announcer.close(id);
  expect(contents()).toEqual([other]);
});
