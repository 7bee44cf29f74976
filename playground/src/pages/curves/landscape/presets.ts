// The landscapes that are offered, each with where to start and how.

import type { Interval, LandscapeSpec } from "../../../protocol/index.ts";
import type { Turn } from "../../../widgets/surface/index.ts";
import { fields, isFlag, isNumber, isText, listOf, oneOf, orNull, within } from "../read.ts";
import { OPTIMIZER_KEYS, type OptimizerKey } from "./optimizers.ts";

export interface Runner {
  readonly optimizer: OptimizerKey;
  readonly rate: number;
  readonly isOn: boolean;
}

export type Point = readonly [u: number, v: number];

export interface LandscapeEntry {
  readonly of: LandscapeSpec;
  readonly starts: readonly Point[];
  readonly pointer: Point;
  readonly rate: number;
  readonly steps: number;
  readonly u?: Interval;
  readonly v?: Interval;
}

const FIGURE = {
  starts: [
    [-3, 2],
    [3, -3],
  ],
  pointer: [0, 0],
  rate: 0.5,
  steps: 150,
} as const;

const XOR = { starts: [[2, 1]], pointer: [0, 0], rate: 0.5, steps: 150 } as const;

export const LANDSCAPES = {
  figureCross: { ...FIGURE, of: { kind: "figure49", loss: "negativeLog" } },
  figureSquare: { ...FIGURE, of: { kind: "figure49", loss: "squared" } },
  bowl: {
    of: { kind: "expression", text: "v1^2 + v2^2" },
    starts: [[1, 1]],
    pointer: [1, 1],
    rate: 0.1,
    steps: 40,
  },
  ravine: {
    of: { kind: "expression", text: "0.005*w1^2 + w2^2" },
    starts: [[-8, 2]],
    pointer: [-8, 2],
    rate: 0.9,
    steps: 100,
    u: [-10, 10],
    v: [-4, 4],
  },
  saddle: {
    of: { kind: "expression", text: "w1^2 - w2^2" },
    starts: [[1.6, 0.001]],
    pointer: [0, 0],
    rate: 0.05,
    steps: 60,
  },
  rosenbrock: {
    of: { kind: "expression", text: "(1 - x)^2 + 100*(y - x^2)^2" },
    starts: [[-1.2, 1]],
    pointer: [1, 1],
    rate: 0.001,
    steps: 500,
    v: [-1, 3],
  },
  mazur: {
    of: { kind: "mazur" },
    starts: [[0.4, 0.45]],
    pointer: [0.4, 0.45],
    rate: 0.5,
    steps: 300,
  },
  xorWay: { ...XOR, of: { kind: "xor", plane: "way" } },
  xorRandom: { ...XOR, of: { kind: "xor", plane: "directions" } },
  xorWeights: { ...XOR, of: { kind: "xor", plane: "weights" } },
  own: {
    of: { kind: "expression", text: "sin(2*x)*cos(2*y) + 0.1*(x^2 + y^2)" },
    starts: [[0.3, 1]],
    pointer: [0, 0],
    rate: 0.1,
    steps: 80,
    u: [-3, 3],
    v: [-3, 3],
  },
} as const satisfies Readonly<Record<string, LandscapeEntry>>;

export type LandscapeKey = keyof typeof LANDSCAPES;

export const LANDSCAPE_KEYS = Object.keys(LANDSCAPES) as LandscapeKey[];

/** What the reader has made of a landscape. */
export interface LandscapeState {
  readonly key: LandscapeKey;
  readonly of: LandscapeSpec;
  readonly u: Interval | null;
  readonly v: Interval | null;
  readonly starts: readonly Point[];
  readonly pointer: Point;
  readonly runners: readonly Runner[];
  readonly steps: number;
  /** How many steps of the ways are drawn; null for all. */
  readonly shown: number | null;
  readonly turn: Turn;
}

export function stateOf(key: LandscapeKey): LandscapeState {
  const entry: LandscapeEntry = LANDSCAPES[key];
  const { of, starts, pointer, rate, steps, u = null, v = null } = entry;
  const runner = (optimizer: OptimizerKey, isOn: boolean, share = 1): Runner => ({
    optimizer,
    rate: Number((rate * share).toPrecision(3)),
    isOn,
  });
  const runners = [
    runner("sgd", true),
    runner("momentum", true, 0.2),
    runner("adam", true, key === "rosenbrock" ? 50 : 0.5),
    runner("rmsProp", false, 0.2),
  ];
  const turn = { azimuth: 35, elevation: 32 };
  return { key, of, u, v, starts, pointer, runners, steps, shown: null, turn };
}

const isPlace = listOf(isNumber, 2, 2);
const isRunner = (value: unknown) => {
  const { optimizer, rate, isOn } = (value ?? {}) as Partial<Runner>;
  return oneOf(OPTIMIZER_KEYS)(optimizer) && within(0, 1000)(rate) && isFlag(isOn);
};
const isWritten = (value: unknown) => {
  const { kind, text } = (value ?? {}) as { readonly kind?: unknown; readonly text?: unknown };
  return kind === "expression" && isText(text);
};
const isTurn = (value: unknown) => {
  const { azimuth, elevation } = (value ?? {}) as Partial<Turn>;
  return within(0, 360)(azimuth) && within(5, 90)(elevation);
};
const isInterval = (value: unknown) =>
  isPlace(value) && (value as Interval)[0] < (value as Interval)[1];
const isCount = (value: unknown) => Number.isInteger(value) && within(0, 5000)(value);

/** A landscape as a link says it: only one's own has another formula than its name says. */
export function readLandscape(found: unknown): LandscapeState {
  const named = (found as { readonly key?: unknown } | null)?.key;
  const key = LANDSCAPE_KEYS.find((one) => one === named) ?? "figureCross";
  return fields(found, stateOf(key), {
    key: oneOf([key]),
    of: key === "own" ? isWritten : () => false,
    u: orNull(isInterval),
    v: orNull(isInterval),
    starts: listOf(isPlace, 1, 4),
    pointer: isPlace,
    runners: listOf(isRunner, 1, 9),
    steps: isCount,
    shown: orNull(isCount),
    turn: isTurn,
  });
}
