// Problems in words. What the library says of them is said in the page's language, or else marked as English.

import { sentenceOf, useText, useWording, wordProblem } from "../app/index.ts";
import type { Problem } from "../protocol/index.ts";

export function ProblemText({ problem }: { readonly problem: Problem }) {
  const words = useText("problems");
  const sentence = sentenceOf(problem);
  const say = useWording(sentence !== null);
  if (sentence !== null && say === null) return null;
  const said = sentence === null ? null : say!(sentence);
  const text = wordProblem(problem, words, () => said ?? words.inEnglish(sentence!));
  return sentence !== null && said === null ? marked(text, sentence) : text;
}

/** A sentence of the library by itself. */
export function LibraryText({ sentence }: { readonly sentence: string }) {
  const words = useText("problems");
  const say = useWording(true);
  if (say === null) return null;
  const said = say(sentence);
  const text = words.sentence(said ?? words.inEnglish(sentence));
  return said === null ? marked(text, sentence) : text;
}

/** A screen reader says the English part in English. The sentence around it may have taken its full stop away. */
function marked(text: string, sentence: string) {
  const english = sentence.replace(/\.$/, "");
  const [before, ...after] = text.split(english);
  return (
    <>
      {before}
      <span lang="en">{english}</span>
      {after.join(english)}
    </>
  );
}
