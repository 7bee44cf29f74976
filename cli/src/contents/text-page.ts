// What is in a text, as a page.

import type { ValueCount } from "neurite/inspect";
import { escapeHtml } from "../report/escape.ts";
import { page } from "../report/page.ts";
import { frequentFigure } from "./column-figure.ts";
import { MOST_SHOWN, visible } from "./text-look.ts";

export function textPage(
  head: string,
  { name, alphabet }: { readonly name: string; readonly alphabet: readonly ValueCount[] },
): string {
  const shown = alphabet
    .slice(0, MOST_SHOWN)
    .map(({ value, rows }) => ({ value: visible(value), rows }));
  return page({
    title: `What is in ${name}`,
    lead: `<p class="lead">${escapeHtml(head)}.</p>`,
    sections: [
      {
        title: "Characters",
        html: frequentFigure("The most frequent", `of ${alphabet.length}`, shown, "times"),
      },
    ],
  });
}
