// The program around the parts: how examples are read, and how one trains in Keras 3.

import { type ProgramParts, pythonTuple } from "./dialect.ts";

const commented = (text: string) => text.split(/\r?\n/).map((line) => `# ${line}`);

/** What is known of examples. */
type Examples = Pick<ProgramParts, "inputShape" | "outputs" | "isOneHot">;

/** How examples come: a table with a head, its first columns the inputs, the next the targets. */
export function readerLines({ inputShape, outputs, isOneHot }: Examples): string[] {
  const inputs = inputShape.reduce((product, extent) => product * extent, 1);
  return [
    "def examples(path):",
    '    """Inputs and targets of a table with a head: the inputs come first. A column "test" marks examples to leave out."""',
    '    with open(path, newline="") as file:',
    "        head, *rows = list(csv.reader(file))",
    '    if "test" in head:',
    '        at = head.index("test")',
    '        rows = [row[:at] + row[at + 1 :] for row in rows if row[at] == "0"]',
    '    table = np.array(rows, dtype="float32")',
    `    x = table[:, :${inputs}].reshape(${pythonTuple(["-1", ...inputShape])})`,
    `    y = table[:, ${inputs}:]`,
    ...(isOneHot
      ? [
          "    if y.shape[1] == 1:",
          `        y = np.eye(${outputs}, dtype="float32")[y[:, 0].astype(int)]`,
        ]
      : []),
    "    return x, y",
  ];
}

export const MAIN: readonly string[] = [
  'if __name__ == "__main__":',
  "    if len(sys.argv) < 2:",
  '        sys.exit("usage: python program.py examples.csv [model.safetensors]")',
  "    x, y = examples(sys.argv[1])",
];

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** A blank line where nothing stands, else the comment and its functions. */
export function headLines(note: readonly string[], install: string): string[] {
  return [...note.flatMap(commented), `# Needs: pip install ${install}`, ""];
}

export function kerasProgram(parts: ProgramParts): string {
  const { layers, training, inputShape } = parts;
  const { penalty, epochs, batchSize, shuffle } = training;
  return [
    ...headLines(parts.note, "keras jax numpy safetensors"),
    "import csv",
    "import os",
    "import sys",
    "",
    'os.environ.setdefault("KERAS_BACKEND", "jax")',
    "import keras",
    "import numpy as np",
    "from keras import layers, ops",
    "from safetensors.numpy import load_file",
    "",
    "",
    ...layers.functions.flatMap((lines) => [...lines, "", ""]),
    "def build(n=1, batches=1):",
    '    """The network; n training examples and the batches of an epoch are what penalties are divided by."""',
    ...(penalty === null ? [] : [`    penalty = lambda w: ${penalty}`]),
    "    return keras.Sequential(",
    "        [",
    `            keras.Input(${pythonTuple(inputShape)}),`,
    ...layers.made.map((layer) => `            ${layer},`),
    "        ]",
    "    )",
    "",
    "",
    "def load(model, path):",
    "    weights = load_file(path)",
    ...indented(layers.loaded.length > 0 ? layers.loaded : ["pass"]),
    "",
    "",
    "def loss(y, a):",
    `    return ${training.loss}`,
    "",
    "",
    ...readerLines(parts),
    "",
    "",
    ...MAIN,
    "    if len(sys.argv) > 2:",
    "        model = build()",
    "        load(model, sys.argv[2])",
    "    else:",
    `        model = build(len(x), -(-len(x) // ${batchSize}))`,
    `        model.compile(optimizer=${training.optimizer}, loss=loss)`,
    `        history = model.fit(x, y, epochs=${epochs}, batch_size=${batchSize}, shuffle=${shuffle ? "True" : "False"}, verbose=0)`,
    '        print("loss", history.history["loss"][-1])',
    "    for row in np.asarray(model(x, training=False)).reshape(len(x), -1):",
    '        print(" ".join(f"{a:.8g}" for a in row))',
    "",
  ].join("\n");
}
