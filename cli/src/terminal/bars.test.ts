import { expect, test } from "vitest";
import { answerLines } from "./bars.ts";

test("tells shares as per cent, with bars", () => {
  expect(answerLines(["no", "yes"], [0.25, 0.75], 1, ", right")).toEqual([
    "no    25.0 %  ████████",
    "yes   75.0 %  ███████████████████████",
    "",
    "yes (75.0 %), right",
  ]);
});

test("tells outputs that are no probabilities as numbers", () => {
  expect(answerLines(["a", "bb"], [-0.0312, 1.25], 2, " wrong")).toEqual([
    "a   -0.03120",
    "bb     1.250",
    "",
    "bb wrong",
  ]);
  // One output is told as it is, not what is missing to 1.
  expect(answerLines(["no", "yes"], [1.2, -0.2], 1)).toEqual(["output  -0.2000", "", "no"]);
});
