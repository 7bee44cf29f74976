// What is in a text of one's own: characters, lines, which are frequent and which are long.

import { basename, resolve } from "node:path";
import type { ValueCount } from "neurite/inspect";
import { readTextFile } from "../sources/text.ts";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import type { SourceLook } from "./look.ts";
import { shown } from "./told.ts";

interface TextFound {
  readonly name: string;
  readonly characters: number;
  readonly lines: number;
  readonly emptyLines: number;
  /** Lines that stand there already. */
  readonly repeatedLines: number;
  readonly meanLength: number;
  /** The longest line: where it is, from 1, and how long. */
  readonly longest: { readonly line: number; readonly characters: number };
  /** Different characters, the most frequent first; `rows` is how often each stands there. */
  readonly alphabet: readonly ValueCount[];
}

export async function textLook(path: string): Promise<SourceLook> {
  const { text } = await readTextFile(path);
  const found = textFound(basename(resolve(path)), text);
  return {
    lines: () => textLines(found),
    page: async () => (await import("./text-page.ts")).textPage(headOfText(found), found),
    event: () => ({ text: found.name, ...found }),
  };
}

function textFound(name: string, text: string): TextFound {
  const counts = new Map<string, number>();
  let characters = 0;
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
    characters++;
  }
  const lines = text.replace(/\n$/, "").split("\n");
  const full = lines.filter((line) => line.trim() !== "");
  const lengths = lines.map((line) => [...line].length);
  const longest = lengths.reduce((best, length, i) => (length > lengths[best]! ? i : best), 0);
  return {
    ...{ name, characters, lines: lines.length, emptyLines: lines.length - full.length },
    repeatedLines: full.length - new Set(full).size,
    meanLength: lengths.reduce((sum, length) => sum + length, 0) / lines.length,
    longest: { line: longest + 1, characters: lengths[longest]! },
    alphabet: [...counts].map(([value, rows]) => ({ value, rows })).sort((a, b) => b.rows - a.rows),
  };
}

export function headOfText({
  name,
  characters,
  lines,
  meanLength,
  longest,
  ...rest
}: TextFound): string {
  const { emptyLines, repeatedLines, alphabet } = rest;
  return (
    `${name}: ${plural(characters, "character")}, ${alphabet.length.toLocaleString("en-US")} different, in ${plural(lines, "line")}` +
    ` of ${shown(meanLength)} on average; line ${longest.line} is the longest with ${longest.characters}` +
    `${emptyLines > 0 ? `; ${plural(emptyLines, "empty line")}` : ""}` +
    `${repeatedLines > 0 ? `; ${plural(repeatedLines, "line")} there already` : ""}`
  );
}

/** Characters to name. */
export const MOST_SHOWN = 20;

/** A character as one can see it. */
export function visible(character: string): string {
  const names: Readonly<Record<string, string>> = {
    " ": "blank",
    "\n": "end of line",
    "\t": "tab",
  };
  return names[character] ?? character;
}

function textLines(found: TextFound): string[] {
  const { alphabet, characters } = found;
  const rare = alphabet.filter(({ rows }) => rows === 1).length;
  return [
    headOfText(found),
    "",
    ...table(
      ["character", "times", "share"],
      alphabet
        .slice(0, MOST_SHOWN)
        .map(({ value, rows }) => [
          visible(value),
          rows.toLocaleString("en-US"),
          percent(rows / characters, 1),
        ]),
    ),
    ...(alphabet.length > MOST_SHOWN ? [`and ${alphabet.length - MOST_SHOWN} more`] : []),
    ...(rare > 0 ? [`${plural(rare, "character")} there once only`] : []),
  ];
}
