// Embeddings, recurrent layers and attention in PyTorch.

import { activationWords } from "../activations.ts";
import { CALLER, refuseTorch, type TorchCode, type TorchLayer } from "./row.ts";

const CELLS: Readonly<Record<string, string>> = { simpleRnn: "RNN", lstm: "LSTM", gru: "GRU" };

function cell(
  layer: TorchLayer,
  kind: string,
  spec: Readonly<Record<string, unknown>>,
  isBoth: boolean,
) {
  if (spec["stateful"] === true)
    refuseTorch(layer, "state that goes on from batch to batch is not written");
  const { units, bias = true, activation } = spec;
  const given = [
    String(layer.inputShape.at(-1)),
    String(units),
    ...(activation === "relu" ? ['nonlinearity="relu"'] : []),
    ...(bias ? [] : ["bias=False"]),
    "batch_first=True",
    ...(isBoth ? ["bidirectional=True"] : []),
  ];
  return `nn.${CELLS[kind]}(${given.join(", ")})`;
}

const recurrent: TorchCode = (layer) => {
  const { spec, name, also } = layer;
  if (also.length > 0) refuseTorch(layer, "masks are not written");
  const x = spec["goBackwards"] === true ? "x.flip(1)" : "x";
  const all = `self.${name}(${x})[0]`;
  return {
    modules: { "": cell(layer, spec.kind, spec, false) },
    forward: [`x = ${all}${spec["returnSequences"] === true ? "" : "[:, -1]"}`],
  };
};

const MERGES: Readonly<Record<string, string>> = {
  sum: "forwards + backwards",
  mul: "forwards * backwards",
  mean: "(forwards + backwards) / 2",
};

const bothWays: TorchCode = (layer) => {
  const { spec, name, also } = layer;
  if (also.length > 0) refuseTorch(layer, "masks are not written");
  const inner = spec["layer"] as Readonly<Record<string, unknown>>;
  const kind = String(inner["kind"]);
  const isSequence = inner["returnSequences"] === true;
  const states = kind === "lstm" ? "[1][0]" : "[1]";
  const merge = MERGES[String(spec["merge"] ?? "concat")];
  const both = isSequence
    ? `self.${name}(x)[0]`
    : `self.${name}(x)${states}.movedim(0, 1).flatten(1)`;
  return {
    modules: { "": cell(layer, kind, inner, true) },
    forward: merge
      ? [`forwards, backwards = ${both}.chunk(2, -1)`, `x = ${merge}`]
      : [`x = ${both}`],
  };
};

const CAUSAL = (steps: number) =>
  `nn.Transformer.generate_square_subsequent_mask(${steps}, device=x.device)`;

const attention: TorchCode = (layer) => {
  const { spec, name, inputShape, also } = layer;
  if (also.length > 1) refuseTorch(layer, "masks are not written");
  const { heads, dropout = 0, causal = false } = spec;
  const context = also[0]?.x ?? "x";
  const drop = dropout === 0 ? "" : `, dropout=${dropout}`;
  const bias = spec["bias"] === false ? ", bias=False" : "";
  const mask = causal ? `, attn_mask=${CAUSAL(inputShape[0]!)}` : "";
  return {
    modules: {
      "": `nn.MultiheadAttention(${inputShape.at(-1)}, ${heads}${drop}${bias}, batch_first=True)`,
    },
    forward: [`x = self.${name}(x, ${context}, ${context}, need_weights=False${mask})[0]`],
  };
};

const block: TorchCode = (layer) => {
  const { spec, name, inputShape, also } = layer;
  if (also.length > 0) refuseTorch(layer, "masks are not written");
  if (spec["bias"] === false) {
    refuseTorch(layer, "without biases PyTorch's block has none in its normalisations either");
  }
  const { heads, dropout = 0, causal = false, epsilon = 0.001, activation = "gelu" } = spec;
  const features = inputShape.at(-1)!;
  const words = activationWords(CALLER, activation, "torch") ?? "x";
  const plain =
    activation === "gelu" || activation === "relu" ? `"${activation}"` : `lambda x: ${words}`;
  const given = [
    String(features),
    String(heads),
    String(spec["hidden"] ?? 4 * features),
    String(dropout),
    plain,
    `layer_norm_eps=${epsilon}`,
    "batch_first=True",
    "norm_first=True",
  ];
  const mask = causal ? `, ${CAUSAL(inputShape[0]!)}` : "";
  return {
    modules: { "": `nn.TransformerEncoderLayer(${given.join(", ")})` },
    forward: [`x = self.${name}(x${mask})`],
  };
};

const WAVES = [
  "def waves(steps, features):",
  '    """Sines and cosines of Vaswani et al. (2017), section 3.5."""',
  "    place, feature = np.arange(steps)[:, None], np.arange(features)",
  "    angle = place / 10000.0 ** ((feature - feature % 2) / features)",
  "    both = np.where(feature % 2 == 0, np.sin(angle), np.cos(angle))",
  "    return torch.from_numpy(both.astype(np.float32))",
];

export const SEQUENCE_CODE: Readonly<Record<string, TorchCode>> = {
  embedding: (layer) => {
    const { spec, name } = layer;
    if (spec["maskZero"] === true) refuseTorch(layer, "maskZero is not written, as masks are not");
    return {
      modules: { "": `nn.Embedding(${spec["size"]}, ${spec["units"]})` },
      forward: [`x = self.${name}(x.long())`],
    };
  },
  positionEmbedding: ({ name, inputShape }) => ({
    modules: { "": `nn.Embedding(${inputShape.join(", ")})` },
    forward: [`x = x + self.${name}.weight`],
  }),
  positionalEncoding: ({ inputShape }) => ({
    forward: [`x = x + waves(${inputShape.join(", ")}).to(x)`],
    needs: WAVES,
  }),
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  bidirectional: bothWays,
  multiHeadAttention: attention,
  transformerBlock: block,
};
