// A PyTorch state_dict as the weights of a model of ours: modules by layers in order, layouts turned, each step told.

import type { StoredTensor } from "neurite/formats";
import type { Model } from "neurite/train";
import { CliError } from "../terminal/failures.ts";

export interface ImportedWeights {
  readonly weights: ReadonlyMap<string, StoredTensor>;
  /** What became of each tensor, a line each. */
  readonly told: readonly string[];
}

interface Target {
  /** As in "params/dense1/w". */
  readonly name: string;
  /** Axes of theirs in our order. */
  readonly perm?: readonly number[];
}

/** Our variables by PyTorch's names of the same, for the kinds of layers that are imported. */
const KINDS: Readonly<Record<string, (name: string) => Readonly<Record<string, Target>>>> = {
  dense: (name) => ({
    weight: { name: `params/${name}/w`, perm: [1, 0] },
    bias: { name: `params/${name}/b` },
  }),
  conv2d: (name) => ({
    weight: { name: `params/${name}/w`, perm: [2, 3, 1, 0] },
    bias: { name: `params/${name}/b` },
  }),
  batchNormalization: (name) => ({
    weight: { name: `params/${name}/scale` },
    bias: { name: `params/${name}/offset` },
    running_mean: { name: `state/${name}/mean` },
    running_var: { name: `state/${name}/variance` },
  }),
};

/** What PyTorch counts and our layers do not. */
const LEFT_OUT = /(^|\.)num_batches_tracked$/;

/**
 * @param isChannelsLast whether the program had channels last where it flattened pictures
 * @throws CliError for layers without a like, and for modules that are not as many or not of the same shapes
 */
export function fromStateDict(
  model: Model,
  tensors: ReadonlyMap<string, StoredTensor>,
  isChannelsLast: boolean,
): ImportedWeights {
  const variables = [...model.state.variables];
  const layers = model.network.placed.filter(({ name }) =>
    variables.some(([path]) => path.startsWith(`params/${name}/`)),
  );
  const modules = modulesIn(tensors);
  if (modules.length !== layers.length) {
    throw new CliError(
      `expected weights of ${layers.length} layers (${layers.map(({ name }) => name).join(", ")}), ` +
        `received those of ${modules.length} (${modules.map(([module]) => module).join(", ")})`,
    );
  }
  const weights = new Map<string, StoredTensor>();
  const told: string[] = [];
  modules.forEach(([module, parts], i) => {
    const { name, kind } = layers[i]!;
    const targets = KINDS[kind]?.(name);
    if (!targets) {
      throw new CliError(
        `${name}: layers of kind ${kind} are not imported; those that are: ${Object.keys(KINDS).join(", ")}`,
      );
    }
    for (const [part, tensor] of parts) {
      const target = Object.hasOwn(targets, part) ? targets[part] : undefined;
      const place = module === "" ? part : `${module}.${part}`;
      if (!target) throw new CliError(`${place}: ${name}, of kind ${kind}, has no such part`);
      if (target.perm && tensor.shape.length !== target.perm.length) {
        const axes = target.perm.length;
        throw new CliError(
          `${place}: expected ${axes} axes for ${name}, received [${tensor.shape.join(", ")}]`,
        );
      }
      const turned = target.perm ? transposed(tensor, target.perm) : tensor;
      const picture = target.perm && kind === "dense" && !isChannelsLast && flattened(model, name);
      const own = picture ? channelsLast(turned, picture) : turned;
      const wanted = model.state.variables.get(target.name)?.type.shape ?? [];
      if (own.shape.join() !== wanted.join()) {
        throw new CliError(
          `${place}: ${target.name} is [${wanted.join(", ")}] here, received [${own.shape.join(", ")}]`,
        );
      }
      weights.set(target.name, own);
      const turn = target.perm ? `, axes ${target.perm.join(" ")}` : "";
      const rows = picture ? ", rows from channels first to channels last" : "";
      told.push(`${place} [${tensor.shape.join(", ")}] -> ${target.name}${turn}${rows}`);
    }
  });
  return { weights, told };
}

type Module = readonly [name: string, parts: readonly (readonly [string, StoredTensor])[]];

/** Tensors by their module; a file does not keep the order of modules, so that numbers in their names tell it. */
function modulesIn(tensors: ReadonlyMap<string, StoredTensor>): Module[] {
  const modules = new Map<string, [string, StoredTensor][]>();
  for (const [name, tensor] of tensors) {
    if (LEFT_OUT.test(name)) continue;
    const dot = name.lastIndexOf(".");
    const module = name.slice(0, Math.max(dot, 0));
    modules.set(module, [...(modules.get(module) ?? []), [name.slice(dot + 1), tensor]]);
  }
  const { compare } = new Intl.Collator("en", { numeric: true });
  return [...modules].sort(([a], [b]) => compare(a, b));
}

function transposed({ dtype, shape, data }: StoredTensor, perm: readonly number[]): StoredTensor {
  const own = perm.map((axis) => shape[axis]!);
  const strides = perm.map((axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const turned = data.slice();
  turned.forEach((_, to) => {
    let [rest, from] = [to, 0];
    for (let axis = own.length - 1; axis >= 0; axis--) {
      from += (rest % own[axis]!) * strides[axis]!;
      rest = Math.floor(rest / own[axis]!);
    }
    turned[to] = data[from]!;
  });
  return { dtype, shape: own, data: turned };
}

/** The shape [height, width, channels] that a layer reads flattened; null where it reads none. */
function flattened({ network }: Model, name: string): readonly number[] | null {
  const { placed } = network;
  let at = placed.findIndex((layer) => layer.name === name) - 1;
  while (at > 0 && ["dropout", "activation"].includes(placed[at]!.kind)) at--;
  const before = placed[at - 1]?.outputShape;
  return placed[at]?.kind === "flatten" && before?.length === 3 ? before : null;
}

/** Rows [channels * height * width, n] in the order [height, width, channels]. */
function channelsLast(tensor: StoredTensor, picture: readonly number[]): StoredTensor {
  const [height = 1, width = 1, channels = 1] = picture;
  const [rows = 0, n = 1] = tensor.shape;
  if (rows !== height * width * channels) return tensor; // the shapes are compared, and told, after
  const shape = [channels, height, width, n];
  return { ...transposed({ ...tensor, shape }, [1, 2, 0, 3]), shape: [rows, n] };
}
