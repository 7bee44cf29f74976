// neurite predict for a run on a text: which characters may come next.

import type { Model, RunSpec } from "neurite/train";
import { STANDARD_INPUT, standardInput } from "../files/standard-input.ts";
import { numbersFor } from "../sources/text.ts";
import { type ReadTextFile, textFile } from "../sources/text-spec.ts";
import { bars } from "../terminal/bars.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { forFlag, percent } from "../terminal/names.ts";
import { expectMet, nextShares } from "../texts/samples.ts";

/** Characters that are shown: the likeliest. */
const SHOWN = 10;

/** @param source the beginning of a text, or "-" for standard input */
export async function predictNext(
  io: Io,
  { spec, model }: { readonly spec: RunSpec; readonly model: Model },
  source: string,
  { json, out, row }: { readonly json?: boolean; readonly out?: string; readonly row?: number },
): Promise<void> {
  if (out !== undefined) throw new UsageError("--out: of a text the answer is printed");
  if (row !== undefined) throw new UsageError("--row: a text is one example");
  const file = textFile(spec.data.file!);
  const given =
    source === STANDARD_INPUT ? new TextDecoder().decode(await standardInput()) : source;
  forFlag("predict", () => expectMet(given, file));
  const numbers = startOf(given, file);
  const [shares] = await nextShares(model, file, [numbers]);
  const found = file.vocabulary
    .map((character, c) => ({ character, share: shares![c]! }))
    .sort((a, b) => b.share - a.share);
  const best = found[0]!;
  if (json) {
    const probabilities = Object.fromEntries(
      found.map(({ character, share }) => [character, share]),
    );
    printEvent(io, { event: "prediction", next: best.character, probabilities });
    return;
  }
  const first = found.slice(0, SHOWN);
  const names = first.map(({ character }) => shownCharacter(character));
  printLines(
    io,
    ...bars(
      names,
      first.map(({ share }) => share),
    ),
    "",
    `${shownCharacter(best.character)} (${percent(best.share, 1)})`,
  );
}

/** A line begins behind the end of another. */
function startOf(text: string, { vocabulary, lines }: ReadTextFile): number[] {
  const end = vocabulary.indexOf("\n");
  const start = lines || text === "" ? [Math.max(0, end)] : [];
  return [...start, ...numbersFor(text, vocabulary)];
}

const NAMES: Readonly<Record<string, string>> = {
  "\n": "(end of line)",
  " ": "(space)",
  "\t": "(tab)",
};

/** A character as one can see it. */
export function shownCharacter(character: string): string {
  return NAMES[character] ?? character;
}
