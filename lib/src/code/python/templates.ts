// The programs around the parts: how examples are read, and how one trains in Keras 3 and in PyTorch.

import { type ProgramParts, pythonTuple } from "./dialect.ts";

const commented = (text: string) => text.split(/\r?\n/).map((line) => `# ${line}`);

/** How examples come: a table with a head, its first columns the inputs, the next the targets. */
function reader({ inputShape, outputs, isOneHot }: ProgramParts): string[] {
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

const MAIN = [
  'if __name__ == "__main__":',
  "    if len(sys.argv) < 2:",
  '        sys.exit("usage: python program.py examples.csv [model.safetensors]")',
  "    x, y = examples(sys.argv[1])",
];

const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`);

/** A blank line where nothing stands, else the comment and its functions. */
function head(note: readonly string[], install: string): string[] {
  return [...note.flatMap(commented), `# Needs: pip install ${install}`, ""];
}

export function kerasProgram(parts: ProgramParts): string {
  const { layers, training, inputShape } = parts;
  const { penalty, epochs, batchSize, shuffle } = training;
  return [
    ...head(parts.note, "keras jax numpy safetensors"),
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
    ...reader(parts),
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

/** Modules that PyTorch has no word for; those that are used are written out. */
const HELPERS: Readonly<Record<string, readonly string[]>> = {
  Apply: [
    "class Apply(nn.Module):",
    '    """A function as a layer."""',
    "    def __init__(self, function):",
    "        super().__init__()",
    "        self.function = function",
    "",
    "    def forward(self, x):",
    "        return self.function(x)",
  ],
  ChannelsLast: [
    "class ChannelsLast(nn.Module):",
    '    """A convolution of images [batch, height, width, channels], with zeros at the borders."""',
    "    def __init__(self, inner, borders):",
    "        super().__init__()",
    "        self.inner, self.borders = inner, borders",
    "",
    "    def forward(self, x):",
    "        return self.inner(F.pad(x.permute(0, 3, 1, 2), self.borders)).permute(0, 2, 3, 1)",
  ],
  OverLast: [
    "class OverLast(nn.Module):",
    '    """Normalises each element of the last axis over all others."""',
    "    def __init__(self, inner):",
    "        super().__init__()",
    "        self.inner = inner",
    "",
    "    def forward(self, x):",
    "        return self.inner(x.reshape(-1, x.shape[-1])).reshape(x.shape)",
  ],
};

export function torchProgram(parts: ProgramParts): string {
  const { layers, training } = parts;
  const { penalty, epochs, batchSize, shuffle } = training;
  const made = layers.made.join("\n");
  const used = Object.entries(HELPERS).filter(([name]) => made.includes(`${name}(`));
  const order = shuffle ? "torch.randperm(n)" : "torch.arange(n)";
  return [
    ...head(parts.note, "torch numpy safetensors"),
    "import csv",
    "import sys",
    "",
    "import numpy as np",
    "import torch",
    "import torch.nn.functional as F",
    "from safetensors.numpy import load_file",
    "from torch import nn",
    "",
    "",
    ...used.flatMap(([, lines]) => [...lines, "", ""]),
    ...layers.functions.flatMap((lines) => [...lines, "", ""]),
    "model = nn.Sequential(",
    ...layers.made.map((layer) => `    ${layer},`),
    ")",
    "",
    "",
    "@torch.no_grad()",
    "def load(path):",
    "    weights = load_file(path)",
    ...indented(layers.loaded.length > 0 ? layers.loaded : ["pass"]),
    "",
    "",
    "def loss(y, a):",
    `    return ${training.loss}`,
    "",
    "",
    ...reader(parts),
    "",
    "",
    "def train(x, y):",
    `    n, size = len(x), ${batchSize}`,
    "    batches = -(-n // size)",
    `    optimizer = ${training.optimizer}`,
    ...(penalty === null
      ? []
      : [
          "    weights = [p for p in model.parameters() if p.dim() > 1]",
          `    penalty = lambda w: ${penalty}`,
        ]),
    "    model.train()",
    `    for epoch in range(${epochs}):`,
    "        total = 0.0",
    `        for rows in ${order}.split(size):`,
    "            optimizer.zero_grad()",
    "            cost = loss(y[rows], model(x[rows])).mean()",
    "            total += cost.item() * len(rows) / n",
    ...(penalty === null ? [] : ["            cost = cost + sum(penalty(w) for w in weights)"]),
    "            cost.backward()",
    "            optimizer.step()",
    '    print("loss", total)',
    "",
    "",
    ...MAIN,
    "    x, y = torch.from_numpy(x), torch.from_numpy(y)",
    "    if len(sys.argv) > 2:",
    "        load(sys.argv[2])",
    "    else:",
    "        train(x, y)",
    "    model.eval()",
    "    with torch.no_grad():",
    "        for row in model(x).reshape(len(x), -1).tolist():",
    '            print(" ".join(f"{a:.8g}" for a in row))',
    "",
  ].join("\n");
}
