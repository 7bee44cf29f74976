// Sentences of the library in another language: templates with slots, and what is said of a sentence that fits one.

/** The names that stand in braces. */
type SlotsOf<S> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, "_"> | SlotsOf<Rest>
  : never;

/** Both sides of a row have the same slots, or its right side is a type error that names them. */
type Checked<R> = {
  readonly [English in keyof R]: [SlotsOf<English>] extends [SlotsOf<R[English]>]
    ? [SlotsOf<R[English]>] extends [SlotsOf<English>]
      ? string
      : { readonly unknownSlot: Exclude<SlotsOf<R[English]>, SlotsOf<English>> }
    : { readonly missingSlot: Exclude<SlotsOf<English>, SlotsOf<R[English]>> };
};

/** English on the left, the other language on the right. */
export type Rows = Readonly<Record<string, string>>;

/**
 * Rows as they are, checked by the compiler. A slot `{name}` in quotes holds any text, as it is. Any other holds what
 * a row has words for, or else a name or value: a slot with prose in it fits no row, so that no sentence comes out
 * half in English. `{_}` is any text that is left out.
 */
export function rows<const R extends Rows>(table: R & Checked<R>): R {
  return table;
}

interface Row {
  readonly english: string;
  readonly shape: RegExp;
  readonly names: readonly string[];
  /** Of each slot: whether it stands in quotes. */
  readonly areQuoted: readonly boolean[];
  readonly says: string;
}

/** What sentences say in the other language; null for those that no row fits. */
export interface Wording {
  (sentence: string): string | null;
  /** The left sides of all rows. */
  readonly rows: readonly string[];
  /** Of the rows that a sentence is worded by; empty where none fits. */
  readonly rowsOf: (sentence: string) => readonly string[];
}

/** @param tables rows of earlier tables come first */
export function wordingOf(...tables: readonly Rows[]): Wording {
  const all = tables.flatMap((table) => Object.entries(table).map(rowOf));
  const worded = (sentence: string, used: string[]): string | null => {
    for (const row of all) {
      const found = row.shape.exec(sentence);
      const held = found && slots(row, found.slice(1), used);
      if (!held) continue;
      used.push(row.english);
      return filled(row.says, held);
    }
    return null;
  };
  /** What stands in the slots; null where one holds prose. */
  const slots = (
    row: Row,
    texts: readonly string[],
    used: string[],
  ): Map<string, string> | null => {
    const mark = used.length;
    const held = new Map<string, string>();
    for (const [i, text] of texts.entries()) {
      const isWhole = row.areQuoted[i] || row.names[i] === "_" || isJson(text);
      const says = isWhole ? text : (worded(text, used) ?? (isProse(text) ? null : text));
      if (says === null) {
        used.length = mark;
        return null;
      }
      held.set(row.names[i]!, says);
    }
    return held;
  };
  const rowsOf = (sentence: string) => {
    const used: string[] = [];
    return worded(sentence, used) === null ? [] : used;
  };
  const english = all.map((row) => row.english);
  return Object.assign((sentence: string) => worded(sentence, []), { rows: english, rowsOf });
}

const SLOT = /("?)\{(\w+)\}("?)/g;

function rowOf([english, says]: readonly [string, string]): Row {
  const slots = [...english.matchAll(SLOT)];
  let shape = "";
  let from = 0;
  for (const { index, 0: all } of slots) {
    const [before, after] = [all.startsWith('"') ? '"' : "", all.endsWith('"') ? '"' : ""];
    shape += `${escaped(english.slice(from, index))}${before}([^]*?)${after}`;
    from = index + all.length;
  }
  return {
    english,
    shape: new RegExp(`^${shape}${escaped(english.slice(from))}$`),
    names: slots.map(([, , name]) => name!),
    areQuoted: slots.map(([, before, , after]) => before === '"' && after === '"'),
    says,
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A value as JSON, of which the end may have been cut off. */
function isJson(text: string): boolean {
  return /^(?:[[{]|"(?:[^"\\]|\\.)*(?:"|…)$)/.test(text);
}

/** A word with more behind it than a shape, outside of quotes; the last quote may have been cut off. */
function isProse(text: string): boolean {
  return /[A-Za-z]{2,} [^[]/.test(text.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)/g, '""'));
}

/** Chinese beside a Latin letter, a number or a sign around these. */
const BORDER = /^(?:\p{Script=Han}[\w"'[{(.-]|[\w"'\]}).%]\p{Script=Han})$/u;

/** A space parts Chinese from names and numbers, at the borders of slots. */
function filled(says: string, held: ReadonlyMap<string, string>): string {
  const parts = says.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 1 ? held.get(part)! : part));
  return parts.reduce((all, part) => {
    const border = `${all.at(-1) ?? ""}${part[0] ?? ""}`;
    return `${all}${BORDER.test(border) ? " " : ""}${part}`;
  }, "");
}
