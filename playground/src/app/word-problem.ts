// Problems by their codes, in the words of the page's language.

import type { Problem } from "../protocol/index.ts";
import type { Texts } from "../text/catalogue.ts";

/** A problem in the page's language. */
export function wordProblem(problem: Problem, words: Texts["problems"]): string {
  switch (problem.code) {
    case "linkBroken":
      return words.linkBroken[problem.data.reason];
    case "fieldReplaced": {
      const { path, found, used } = problem.data;
      return words.fieldReplaced(path, found || words.nothing, used || words.nothing);
    }
    case "expression":
      return words.expression(problem.data.text, problem.data.at, problem.data.detail);
    case "formulaShape": {
      const { most, names, results } = problem.data;
      return words.formulaShape(most, names.join(", "), results);
    }
    case "notLoaded":
      return words.notLoaded;
    case "refused":
    case "unknown":
      return words[problem.code](problem.data.detail);
  }
}
