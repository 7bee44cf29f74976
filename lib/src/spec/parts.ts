// The parts of a specification: how layers, networks and penalties are written down.

/** What a model computes in. */
export type FloatDType = "float32" | "float64";

/** A layer as data: its kind and arguments, as a run specification holds them. */
export interface LayerSpec {
  readonly kind: string;
  readonly [argument: string]: unknown;
}

/** Layers one after the other, the first of kind "input". */
export interface ChainSpec {
  readonly layers: readonly LayerSpec[];
}

/** A layer in a graph, as it is written down. */
export type NodeSpec = LayerSpec & {
  /** The name of the layer, unless it has another. */
  readonly id: string;
  readonly reads: readonly string[];
  /** An earlier node: the same layer, with the same variables, at another place. */
  readonly shares?: string;
};

/** Layers that read each other's outputs by name. */
export interface GraphSpec {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly NodeSpec[];
}

/** How a network is written down. */
export type NetworkSpec = ChainSpec | GraphSpec;

/** Whose lambda: Nielsen's network2 or network3, NNDL's algorithm 4.1, TF Playground's, Keras's. */
export type Convention = "network2" | "network3" | "nndl" | "playground" | "keras";

/** A penalty on the weights, and what its lambda is divided by. */
export interface RegularizerSpec {
  readonly kind: "l1" | "l2";
  readonly lambda: number;
  readonly convention: Convention;
}

/** How gradients are held short before an update: by one of the three. */
export interface ClipSpec {
  /** Every element is cut to [-value, value]. */
  readonly value?: number | undefined;
  /** The gradient of each parameter is shortened to this L2 norm. */
  readonly norm?: number | undefined;
  /** All gradients together are shortened to this L2 norm, so that their direction stays. */
  readonly globalNorm?: number | undefined;
}

/**
 * What the examples of each class count in the loss: all classes alike however many examples they have, or by
 * name of the class as the data call it (its number where they have no names), others 1.
 */
export type ClassWeightsSpec = "balanced" | Readonly<Record<string, number>>;

/** A mean of the weights over the updates of a training, which evaluates and predicts in their place. */
export interface AverageSpec {
  /** "ema" forgets (Polyak and Juditsky 1992, with decay); "swa" weighs all alike (Izmailov et al. 2018). */
  readonly kind: "ema" | "swa";
  /** Of "ema": what the mean so far weighs; 0.999 by default. */
  readonly decay?: number | undefined;
  /** The update whose weights are the first of the mean, from 1; until then the mean is the weights. */
  readonly start?: number | undefined;
  /** Updates from one that counts to the next; 1 by default. */
  readonly every?: number | undefined;
}

/** How epochs were computed, where the runtime and the processor decide it. */
export interface ArithmeticSpec {
  /** The first of these epochs, counted from 0. */
  readonly since: number;
  /** Multiply-adds in float32 products rounded once, not twice: that changes last bits. */
  readonly fusedMultiplyAdds: boolean;
  /** How wide the vectors were: that changes no bit, only the time. */
  readonly vectorBits: number;
}

/** The engines by name. */
export type EngineName = "wasm" | "reference";
/** The engines that a specification can name. */
export const ENGINE_NAMES: readonly EngineName[] = ["wasm", "reference"];

/** What files of one's own can hold: rows and columns, pictures in folders of their classes, arrays, or text. */
export const FILE_KINDS = ["table", "pictures", "arrays", "text"] as const;
/** One of these. */
export type FileKind = (typeof FILE_KINDS)[number];

/** Data in files of one's own: what they hold and where. How they are read is said by options of their kind. */
export interface FileSpec {
  readonly kind: FileKind;
  /** Of a file or a folder, as it was given: relative to where the program runs. */
  readonly path: string;
  readonly [option: string]: unknown;
}
