// Problems by their codes, in the words of the page's language.

import type { Problem } from "../protocol/index.ts";
import type { Texts } from "../text/catalogue.ts";
import { wordFault } from "../text/faults.ts";
import { formatNumber } from "../text/numbers.ts";

/** The sentence of the library in a problem; null where the page has all the words itself. */
export function sentenceOf(problem: Problem): string | null {
  switch (problem.code) {
    case "settingsRefused":
      return sentenceOf(problem.data.why);
    case "noGraph":
      return problem.data.reason === "layer" ? problem.data.name : null;
    case "fileRefused":
    case "notWritten":
    case "refused":
    case "unknown":
      return problem.data.detail;
    default:
      return null;
  }
}

/**
 * A problem in the page's language.
 * @param say words the library's sentence
 */
export function wordProblem(
  problem: Problem,
  words: Texts["problems"],
  say: (sentence: string) => string,
): string {
  switch (problem.code) {
    case "linkBroken":
      return words.linkBroken[problem.data.reason];
    case "fieldReplaced": {
      const { path, found, used } = problem.data;
      return words.fieldReplaced(path, found, used);
    }
    case "networkTooLarge": {
      const { found, used, layers, units, number } = problem.data;
      return words.networkTooLarge(found, used, { layers, units, number });
    }
    case "notFollowed":
      return words.notFollowed(problem.data.fields.join(", "));
    case "weightsMisfit":
      return words.weightsMisfit(problem.data.names.join(", "));
    case "unknownName": {
      const { what, name, meant } = problem.data;
      return words.unknownName(what, name, meant);
    }
    case "settingsRefused": {
      const { why, instead } = problem.data;
      return words.settingsRefused(wordProblem(why, words, say), instead);
    }
    case "expression": {
      const { text, at, fault } = problem.data;
      return words.expression(text, at, wordFault(fault, words.faults));
    }
    case "noGraph": {
      const { reason, name } = problem.data;
      return words.noGraph[reason](reason === "layer" ? say(name) : name);
    }
    case "formulaShape": {
      const { most, names, results } = problem.data;
      return words.formulaShape(most, names.join(", "), results);
    }
    case "unknownInput": {
      const { text, at, name, known } = problem.data;
      return words.unknownInput(text, at, name, known);
    }
    case "notFinite": {
      const { text, place, value } = problem.data;
      const at = place.map(([name, x]) => `${name} = ${formatNumber(x)}`).join(", ");
      return words.notFinite(text, at, Number.isNaN(value) ? "NaN" : formatNumber(value));
    }
    case "notStarted":
    case "notLoaded":
      return words[problem.code];
    case "fileRefused": {
      const { detail } = problem.data;
      return words.fileRefused(detail === null ? words.weightsAlone : say(detail));
    }
    case "notWritten":
    case "refused":
    case "unknown":
      return words[problem.code](say(problem.data.detail));
  }
}
