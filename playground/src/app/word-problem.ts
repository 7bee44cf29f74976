// Problems by their codes, in the words of the page's language.

import type { Problem } from "../protocol/index.ts";
import type { Texts } from "../text/catalogue.ts";
import { wordFault } from "../text/faults.ts";
import { formatNumber } from "../text/numbers.ts";

/** A problem in the page's language. */
export function wordProblem(problem: Problem, words: Texts["problems"]): string {
  switch (problem.code) {
    case "linkBroken":
      return words.linkBroken[problem.data.reason];
    case "fieldReplaced": {
      const { path, found, used } = problem.data;
      return words.fieldReplaced(path, found, used);
    }
    case "networkTooLarge": {
      const { found, used, layers, units } = problem.data;
      return words.networkTooLarge(found, used, layers, units);
    }
    case "weightsMisfit":
      return words.weightsMisfit(problem.data.names.join(", "));
    case "unknownName": {
      const { what, name, meant } = problem.data;
      return words.unknownName(what, name, meant);
    }
    case "settingsRefused": {
      const { why, instead } = problem.data;
      return words.settingsRefused(wordProblem(why, words), instead);
    }
    case "expression": {
      const { text, at, detail, fault } = problem.data;
      return words.expression(text, at, fault ? wordFault(fault, words.faults) : detail);
    }
    case "noGraph":
      return words.noGraph[problem.data.reason](problem.data.name);
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
    case "notLoaded":
      return words.notLoaded;
    case "fileRefused":
      return words.fileRefused(problem.data.detail ?? words.weightsAlone);
    case "notWritten":
    case "refused":
    case "unknown":
      return words[problem.code](problem.data.detail);
  }
}
