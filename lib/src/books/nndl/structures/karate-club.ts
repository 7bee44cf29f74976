// A graph network: a graph convolution told of two members of a karate club finds whom the others followed (Kipf
// and Welling 2017).

import { ArgumentError } from "../../../checks/errors.ts";
import type { GraphDataset } from "../../../data/node/karate.ts";
import { gcn } from "../../../nn/layers/index.ts";
import { network } from "../../../nn/network/functional.ts";
import { connect, input } from "../../../nn/network/place.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { div, log, mul, neg } from "../../../tensor/elementwise.ts";
import { argmax, sum } from "../../../tensor/reduce.ts";
import { functionalModel } from "../../../train/model/sequential.ts";
import { atLeast, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import type { Sources } from "../../shared/run.ts";

/** What the experiment may be told instead. */
export interface KaratePoint {
  readonly hidden: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<KaratePoint> = {
  hidden: counted("features of a member in the hidden layer", 4),
  epochs: counted("epochs over the one graph", 150),
  rate: real("the learning rate of Adam", 0.02),
  seed: natural("what the weights are drawn by", 1),
};

/** What became of the club. */
export interface KarateResult {
  /** Members whose side it was told. */
  readonly told: number;
  /** Members that it puts on their own side. */
  readonly right: number;
  readonly wrong: readonly number[];
  readonly losses: readonly number[];
}

/**
 * Two graph convolutions; nothing is known of a member but who it is.
 * @param withTies false leaves the ties out: each member stands alone
 */
export async function train(
  club: GraphDataset,
  given: Partial<KaratePoint> = {},
  withTies = true,
): Promise<KarateResult> {
  const { hidden, epochs, rate, seed } = experimentPoint("karate-club", PARAMETERS, given);
  const { nodes, classes } = club;
  const told = [0, nodes - 1]; // the instructor and the officer
  const itself = new Float32Array(nodes * nodes).map((_, i) => Number(i % (nodes + 1) === 0));
  const ties = Int32Array.from(club.edges.data, (end) => (withTies ? Number(end) : -1));
  const count = club.edges.shape[1]!;
  const targets = new Float32Array(nodes * classes);
  for (const member of told) targets[member * classes + Number(club.y.data[member])] = 1;
  const [members, friends] = [input([nodes, nodes]), input([2, count])];
  const inner = connect(gcn(hidden, { activation: "tanh" }), members, friends);
  const sides = connect(gcn(classes, { activation: "softmax" }), inner, friends);
  const model = functionalModel(network([members, friends], [sides]), { seed });
  model.compile({
    loss: (y: Tensor, shares: Tensor) => div(neg(sum(mul(y, log(shares)), [1, 2])), told.length),
    optimizer: { name: "adam", learningRate: rate },
  });
  const x = [fromData(itself, [1, nodes, nodes]), fromData(ties, [1, 2, count])];
  const y = fromData(targets, [1, nodes, classes]);
  const history = await model.fit(x, y, { epochs, progress: false });
  const [shares] = await model.predictAll(x);
  const found = argmax(shares!, -1).data;
  const wrong = [...club.y.data].flatMap((side, i) => (Number(found[i]) === side ? [] : [i]));
  return {
    told: told.length,
    right: nodes - wrong.length,
    wrong,
    losses: history.epochs.map(({ loss }) => loss!),
  };
}

const TIES =
  "Only two members are told. The convolution carries what is known from friend to friend; without ties nothing " +
  "reaches the other 32. Counted from 0, it is members 2 and 8 that it misses: both have friends on either side, and " +
  "of 8 Zachary (1977) tells that it stayed with the instructor for a reason outside of its friendships.";

function clubOf(karate: Sources["karate"]): GraphDataset {
  if (karate) return karate();
  throw new ArgumentError("karate-club: expected a source of the club, { karate: loadKarateClub }");
}

/** How many of the 34 it puts on their side. @throws ArgumentError without a source of the club */
export async function claims(
  karate: Sources["karate"],
  given: Partial<KaratePoint> = {},
): Promise<Claim[]> {
  const club = clubOf(karate);
  const tied = await train(club, given);
  const alone = await train(club, given, false);
  return [
    claim("members", 34, club.nodes, 0),
    claim("members that are told", 2, tied.told, 0),
    below("cross-entropy of these two, in the end", 0.05, tied.losses.at(-1)!),
    atLeast("of 34 on their own side", 31, tied.right, { places: 0, note: TIES }),
    below("without ties", 28, alone.right, { places: 0 }),
  ];
}

/** How it learns from two. */
export async function curves(
  karate: Sources["karate"],
  given: Partial<KaratePoint> = {},
): Promise<Curves[]> {
  const { losses } = await train(clubOf(karate), given);
  const points = losses.map((loss, epoch) => [epoch + 1, loss] as const);
  return [
    {
      title: "Learning from two members",
      x: { label: "epoch" },
      y: { label: "cross-entropy of the two" },
      series: [{ name: "graph convolution", points }],
    },
  ];
}
