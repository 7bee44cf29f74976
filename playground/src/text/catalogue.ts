// Texts by language and page, each loaded when it is needed. The English files are the type of the Chinese ones.

import type { Wording } from "./refusals/sentences.ts";

/** One loader a file: a page's texts come with the page. */
const LOADERS = {
  en: {
    shell: async () => (await import("./en/shell.ts")).shell,
    widgets: async () => (await import("./en/widgets.ts")).widgets,
    terms: async () => (await import("./en/terms.ts")).terms,
    problems: async () => (await import("./en/problems.ts")).problems,
    start: async () => (await import("./en/start.ts")).start,
    network: async () => (await import("./en/network.ts")).network,
    controls: async () => (await import("./en/controls.ts")).controls,
    backprop: async () => (await import("./en/backprop.ts")).backprop,
    curves: async () => (await import("./en/curves.ts")).curves,
    lessons: async () => (await import("./en/lessons.ts")).lessons,
    map: async () => (await import("./en/map.ts")).map,
    share: async () => (await import("./en/share.ts")).share,
  },
  zh: {
    shell: async () => (await import("./zh/shell.ts")).shell,
    widgets: async () => (await import("./zh/widgets.ts")).widgets,
    terms: async () => (await import("./zh/terms.ts")).terms,
    problems: async () => (await import("./zh/problems.ts")).problems,
    start: async () => (await import("./zh/start.ts")).start,
    network: async () => (await import("./zh/network.ts")).network,
    controls: async () => (await import("./zh/controls.ts")).controls,
    backprop: async () => (await import("./zh/backprop.ts")).backprop,
    curves: async () => (await import("./zh/curves.ts")).curves,
    lessons: async () => (await import("./zh/lessons.ts")).lessons,
    map: async () => (await import("./zh/map.ts")).map,
    share: async () => (await import("./zh/share.ts")).share,
  },
};

/** What sentences of the library say in other languages: fetched with the first that is shown. */
export const WORDINGS: { readonly [L in keyof Loaders]: (() => Promise<Wording>) | null } = {
  en: null,
  zh: async () => (await import("./refusals/index.ts")).inChinese,
};

type Loaders = typeof LOADERS;

/** What each file of texts holds. */
export type Texts = {
  readonly [P in keyof Loaders["en"]]: Awaited<ReturnType<Loaders["en"][P]>>;
};

export type TextPart = keyof Texts;

/** What every page needs. */
export const COMMON: readonly TextPart[] = ["shell", "widgets", "terms", "problems"];

/** The texts of some parts in a language. */
export async function loadTexts(
  language: keyof Loaders,
  parts: readonly TextPart[],
): Promise<Partial<Texts>> {
  const loaders: { readonly [P in TextPart]: () => Promise<Texts[P]> } = LOADERS[language];
  const loaded = await Promise.all(parts.map(async (part) => [part, await loaders[part]()]));
  return Object.fromEntries(loaded);
}
