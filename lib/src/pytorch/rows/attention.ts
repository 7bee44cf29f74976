// Rows of attention: query, key and value are one matrix in PyTorch, or three linear modules.

import type { Shape } from "../../ir/shape.ts";
import { NORMALIZATION_ROWS } from "./normalization.ts";
import {
  type LayerRow,
  type LayerSite,
  type ModuleRow,
  parameter,
  pathOf,
  refuseLayer,
} from "./row.ts";
import { weightAndBias } from "./weighted.ts";

/** nn.MultiheadAttention: heads share the features out among them. */
export function joinedAttention(site: LayerSite, under = "", part?: string): ModuleRow {
  const w = site.shapes[`${under}query/w`]!;
  const output = site.shapes[`${under}output/w`]!;
  if (w[1] !== output[1] || w[0] !== w[1]) {
    refuseLayer(site, "in PyTorch heads share the features out: leave headSize out");
  }
  if (site.shapes[`${under}key/w`]![0] !== w[0]) {
    refuseLayer(site, "a context of other features than the queries cannot be said in PyTorch yet");
  }
  const three = ["query", "key", "value"].map((name) => `${under}${name}`);
  const joined = (name: string, own: string, perm?: readonly number[]) => {
    const shape: Shape = site.shapes[`${under}query/${own}`]!;
    const turned = perm ? perm.map((axis) => shape[axis]!) : shape;
    return {
      name,
      shape: [3 * turned[0]!, ...turned.slice(1)],
      of: three.map((one) => pathOf(site, `${one}/${own}`)),
      ...(perm && { perm }),
    };
  };
  const hasBias = site.shapes[`${under}query/b`] !== undefined;
  return {
    type: "MultiheadAttention",
    ...(part !== undefined && { part }),
    tensors: [
      joined("in_proj_weight", "w", [1, 0]),
      ...(hasBias ? [joined("in_proj_bias", "b")] : []),
      parameter(site, "out_proj.weight", `${under}output/w`, { perm: [1, 0] }),
      ...(hasBias ? [parameter(site, "out_proj.bias", `${under}output/b`)] : []),
    ],
  };
}

/** The same as four linear modules, which their names tell apart. */
const NAMES: Readonly<Record<string, RegExp>> = {
  query: /^(query|q|q_proj|wq|to_q|q_lin|q_linear|w_q)$/i,
  key: /^(key|k|k_proj|wk|to_k|k_lin|k_linear|w_k)$/i,
  value: /^(value|v|v_proj|wv|to_v|v_lin|v_linear|w_v)$/i,
  output: /^(out|output|o|o_proj|out_proj|wo|to_out|out_lin|proj|c_proj|dense|fc|w_o)$/i,
};

export function separateAttention(site: LayerSite, under = "", part = ""): ModuleRow[] {
  return Object.entries(NAMES).map(([name, called]) => ({
    ...weightAndBias(site, "Linear", `${under}${name}/`, `${part}.${name}`),
    called,
  }));
}

/** A part of a layer as a layer of its own. */
function within(site: LayerSite, under: string, kind: string): LayerSite {
  const own = Object.entries(site.shapes).filter(([path]) => path.startsWith(`${under}/`));
  return {
    ...site,
    kind,
    path: [...site.path, under],
    shapes: Object.fromEntries(own.map(([path, shape]) => [path.slice(under.length + 1), shape])),
  };
}

const norm = (site: LayerSite, name: string): ModuleRow => {
  const [row] = NORMALIZATION_ROWS["layerNormalization"]!(within(site, name, "layerNormalization"));
  return { ...row!, part: `.${name}` };
};

/** What has the same shapes in both orders. */
const NORM_FIRST =
  "it normalises before each half, and has gelu unless told another; PyTorch's defaults are norm_first=False and relu";

/** nn.TransformerEncoderLayer with norm_first=True, or modules like its own. */
function encoderLayer(site: LayerSite, isJoined: boolean): ModuleRow[] {
  const attention = isJoined
    ? [joinedAttention(site, "attention/", ".self_attn")]
    : separateAttention(site, "attention/", ".self_attn");
  const linear = (own: string, name: string) =>
    weightAndBias(site, "Linear", `${own}/`, `.${name}`);
  return [
    ...attention,
    { ...linear("hidden", "linear1"), note: NORM_FIRST },
    linear("output", "linear2"),
    norm(site, "norm1"),
    norm(site, "norm2"),
  ];
}

export function attentionRows(isJoined: boolean): Readonly<Record<string, LayerRow>> {
  return {
    multiHeadAttention: (site) => (isJoined ? [joinedAttention(site)] : separateAttention(site)),
    transformerBlock: (site) => encoderLayer(site, isJoined),
  };
}
