// Problems in words, by their codes.

export const problems = {
  linkBroken: {
    encoding: "The link is damaged: it cannot be decoded. The settings stay as they are.",
    size: "The link holds too much. The settings stay as they are.",
    document: "The link holds no settings. They stay as they are.",
    version: "The link was made by a newer version. The settings stay as they are.",
  },
  fieldReplaced: (path: string, found: string, used: string) =>
    `${path}: ${found} means nothing here; ${used} is used instead.`,
  expression: (text: string, at: number, detail: string) =>
    `“${text}” cannot be read at character ${at + 1}: ${detail}`,
  formulaShape: (most: number, names: string, results: number) =>
    results === 1
      ? `A formula of ${most === 1 ? "one variable" : "one or two variables"} is needed; this one has ${names || "none"}.`
      : `One formula is needed; these are ${results}.`,
  refused: (detail: string) => `These settings do not go together: ${detail}`,
  notLoaded: "The network is still being loaded.",
  unknown: (detail: string) => `Something went wrong: ${detail}`,
  nothing: "nothing",
};
