// Problems in words, by their codes.

/** The most that a page takes: layers, units of one, and any other number of one. */
export type LargestNetwork = Readonly<Record<"layers" | "units" | "number", number>>;

export const problems = {
  linkBroken: {
    encoding:
      "The link is damaged, or its end was cut off: it cannot be decoded. The settings stay as they are.",
    size: "The link holds too much. The settings stay as they are.",
    document: "The link holds no settings. They stay as they are.",
    version: "The link was made by another version of these pages. The settings stay as they are.",
  },
  fieldReplaced: (path: string, found: string, used: string) =>
    found === ""
      ? `${path} is missing; ${used} is used.`
      : `${path}: ${found} means nothing here${used === "" ? " and is left out" : `; ${used} is used instead`}.`,
  networkTooLarge: (found: string, used: string, most: LargestNetwork) =>
    `The network ${found} is too large for a page, which takes ${most.layers} layers of ${most.units} units, and no other number above ${most.number} in a layer; ${used} is used instead.`,
  notFollowed: (fields: string) =>
    `The run says “${fields}”, which is kept, but not followed here: every step is trained, at the rate of the settings.`,
  weightsMisfit: (names: string) =>
    `The weights are of another network (${names}); training begins with new ones.`,
  unknownName: (what: string, name: string, meant: string | null) =>
    `There is no ${what} “${name}”.${meant === null ? "" : ` Did you mean “${meant}”?`}`,
  settingsRefused: (why: string, instead: "before" | "first") =>
    `${why} ${instead === "before" ? "The settings from before are used." : "The settings of the first example are used: exclusive or."}`,
  expression: (text: string, at: number, detail: string) =>
    `“${text}” cannot be read at character ${at + 1}: ${detail}`,
  formulaShape: (most: number, names: string, results: number) =>
    results === 1
      ? `A formula of ${most === 1 ? "one variable" : "one or two variables"} is needed; this one has ${names || "none"}.`
      : `One formula is needed; these are ${results}.`,
  faults: {
    sign: (sign: string) => `the sign “${sign}” has no meaning here.`,
    powerHint: "Write a power as in x^2.",
    parenthesesHint: "Write round parentheses.",
    operand: (received: string | null) =>
      `a number, a name or “(” is missing before ${received === null ? "the end" : `“${received}”`}.`,
    operator: (received: string | null) =>
      `an operator is missing before ${received === null ? "the end" : `“${received}”`}.`,
    product: (product: string) => `For a product write ${product}.`,
    bareFunction: (name: string) => `${name} is a function: write ${name}(…).`,
    unknownFunction: (name: string) => `there is no function “${name}”.`,
    meant: (name: string) => `Did you mean “${name}”?`,
    arity: (name: string, takes: number, received: number) =>
      `${name} takes ${takes === 1 ? "one argument" : `${takes} arguments`}; there ${received === 1 ? "is" : "are"} ${received}.`,
    unclosed: (sign: string) => `this “${sign}” is never closed.`,
    unopened: "there is no “(” for this “)”.",
    equals: "only a name stands before “=”, as in h = w*x.",
    tooLarge: (number: string) => `${number} is too large for a number.`,
    deep: (most: number) => `more than ${most} parts lie inside each other.`,
    early: (name: string) => `${name} is used before it has a value.`,
    twice: (name: string) => `${name} has a value already; give this one another name.`,
    reserved: (name: string) => `${name} is a function, and no name for a value.`,
    empty: "there is nothing to compute.",
  },
  noGraph: {
    layer: (name: string) => `The equations are written for chains of dense layers: ${name}`,
    kind: (name: string) => `A layer of the kind ${name} is not written out op by op.`,
    ends: (_name: string) =>
      "Only networks with one input and one output are written out op by op.",
    activation: (name: string) => `The activation ${name} is not written out op by op.`,
    loss: (name: string) => `The loss ${name} is not written out op by op.`,
    size: (name: string) => `${name} ops are too many to walk through; at most 150 are drawn.`,
  },
  unknownInput: (text: string, at: number, name: string, known: string) =>
    `“${text}”: there is no input “${name}” (character ${at + 1}). The inputs are ${known}.`,
  notFinite: (text: string, at: string, value: string) =>
    `“${text}” gives no number to learn with at ${at}: it is ${value === "NaN" ? "undefined (NaN)" : value} there. The last run stays.`,
  refused: (detail: string) => `These settings do not go together: ${detail.replace(/\.?$/, ".")}`,
  notWritten: (detail: string) => `This run cannot be written so: ${detail}`,
  fileRefused: (detail: string) => `The file cannot be opened: ${detail}`,
  weightsAlone: "it holds weights without the run that they belong to.",
  /** What the library says, by itself. */
  sentence: (says: string) => says.replace(/\.?$/, "."),
  /** A sentence of the library that there are no other words for. */
  inEnglish: (sentence: string) => sentence,
  notStarted: "The part of the page that computes could not be started: load the page again.",
  notLoaded: "The network is still being loaded.",
  unknown: (detail: string) => `Something went wrong: ${detail}`,
};
