// The program around a network in PyTorch: a class, its weights out of a file, and how it trains.

import type { ProgramParts } from "../dialect.ts";
import { headLines, indented, MAIN, readerLines } from "../templates.ts";
import type { TorchNetwork } from "./network.ts";
import { stateDictLines } from "./state-dict.ts";

export function torchProgram(parts: Omit<ProgramParts, "layers">, network: TorchNetwork): string {
  const { training } = parts;
  const { modules, forward, functions, tensors } = network;
  const made = modules.map((line) => `self.${line}`);
  return [
    ...headLines(parts.note, "torch numpy safetensors"),
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
    ...functions.flatMap((lines) => [...lines, "", ""]),
    "class Network(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...indented(indented(made)),
    "",
    "    def forward(self, x):",
    ...indented(indented([...forward, "return x"])),
    "",
    "",
    ...stateDictLines(tensors),
    "",
    "",
    "def load(model, path):",
    '    """Takes the weights of a run, or those that `neurite export --format state-dict` wrote."""',
    "    weights = load_file(path)",
    '    if any(name.startswith("params/") for name in weights):',
    "        weights = state_dict(weights)",
    "    model.load_state_dict({name: torch.tensor(w) for name, w in weights.items()})",
    "",
    "",
    "def loss(y, a):",
    `    return ${training.loss}`,
    "",
    "",
    ...readerLines(parts),
    "",
    "",
    ...trainLines(training, network.frozen),
    "",
    "",
    ...MAIN,
    "    x, y = torch.from_numpy(x), torch.from_numpy(y)",
    "    model = Network()",
    "    if len(sys.argv) > 2:",
    "        load(model, sys.argv[2])",
    "    else:",
    "        train(model, x, y)",
    "    model.eval()",
    "    with torch.no_grad():",
    "        for row in model(x).reshape(len(x), -1).tolist():",
    '            print(" ".join(f"{a:.8g}" for a in row))',
    "",
  ].join("\n");
}

function trainLines(
  { penalty, epochs, batchSize, shuffle, optimizer }: ProgramParts["training"],
  frozen: readonly string[],
): string[] {
  const order = shuffle ? "torch.randperm(n)" : "torch.arange(n)";
  const kept = frozen.map((name) => `model.${name}`).join(", ");
  return [
    "def train(model, x, y):",
    `    n, size = len(x), ${batchSize}`,
    "    batches = -(-n // size)",
    `    optimizer = ${optimizer}`,
    ...(penalty === null
      ? []
      : [
          "    weights = [p for p in model.parameters() if p.dim() > 1]",
          `    penalty = lambda w: ${penalty}`,
        ]),
    "    model.train()",
    ...(kept === ""
      ? []
      : [`    for frozen in [${kept}]:`, "        frozen.requires_grad_(False).eval()"]),
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
  ];
}
