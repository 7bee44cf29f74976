import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { countLearnt, network3Layers } from "./layers.ts";
import { NETWORK3_RUNS, type Network3Name } from "./runs.ts";
import { claims } from "./short-run.ts";
import { bestEpoch, network3Data, network3Model, trainNetwork3 } from "./train.ts";

// All twelve together take long: the others have layers of the same kinds.
it.each<Network3Name>(["network3-dense", "network3-conv2"])(
  "%s: every claim holds",
  async (name) => {
    const found = await claims(name, DIGITS.mnist);
    expect(found.filter(({ holds }) => holds === false)).toEqual([]);
    expect(found.map(({ holds }) => holds)).toEqual([true, true, true, null]);
  },
);

it("has the parameters that the book counts", () => {
  const maps = (n: number) => countLearnt({ ...SHAPE, maps: [n], hidden: [] });
  expect(maps(20) - 10 * (20 * 12 * 12 + 1)).toBe(520);
  expect(maps(1) - 10 * (12 * 12 + 1)).toBe(26);
});

const SHAPE = { maps: [], hidden: [], activation: "sigmoid", dropout: 0 } as const;

it("drops what every fully connected layer reads, the last one's too", () => {
  const kinds = network3Layers(NETWORK3_RUNS["network3-dropout"]).map(({ kind }) => kind);
  const two = ["dropout", "dense", "dropout", "dense", "dropout", "dense"];
  expect(kinds).toEqual(["rescaling", "network3ConvPool", "network3ConvPool", "flatten", ...two]);
});

it("makes 250,000 images, five of each, in another order", async () => {
  const mnist = await DIGITS.mnist();
  const { train: once } = network3Data(mnist, { expanded: false }, 40);
  const { train: more, validation } = network3Data(mnist, { expanded: true }, 40);
  expect([more.x.shape[0], validation.x.shape[0]]).toEqual([200, 40]);
  const counts = (labels: ArrayLike<number>) =>
    Array.from({ length: 10 }, (_, digit) => Array.from(labels).filter((d) => d === digit).length);
  expect(counts(more.y.data)).toEqual(counts(once.y.data).map((n) => 5 * n));
  expect([...more.y.data.subarray(0, 40)]).not.toEqual([...once.y.data]);
});

it("goes on from a checkpoint as if it had not stopped", async () => {
  const run = { ...NETWORK3_RUNS["network3-dense"], hidden: [5], dropout: 0.5 };
  const data = network3Data(await DIGITS.mnist(), run, 30);
  let half: Uint8Array | undefined;
  const first = network3Model(run, 3);
  const whole = await trainNetwork3(first, data, 3, {
    onEpoch: ({ epoch }, checkpoint) => {
      if (epoch === 0) half = checkpoint();
    },
  });
  const second = network3Model(run, 3);
  const seen: number[] = [];
  const onEpoch = ({ epoch }: { epoch: number }) => void seen.push(epoch);
  expect(await trainNetwork3(second, data, 3, { checkpoint: half, onEpoch })).toEqual(whole);
  expect(seen).toEqual([1, 2]);
  const weights = (model: typeof first) =>
    [...model.instance.params.variables].map(([, { data: numbers }]) => [...numbers]);
  expect(weights(second)).toEqual(weights(first));
});

it("reports the test accuracy of the best validation accuracy, of the last where several are as good", () => {
  const epochs = [
    { epoch: 0, validation: 97, test: 98 },
    { epoch: 1, validation: 98, test: 96 },
    { epoch: 2, validation: 98, test: 97 },
    { epoch: 3, validation: 96, test: 99 },
  ];
  expect(bestEpoch(epochs)).toEqual(epochs[2]);
});
