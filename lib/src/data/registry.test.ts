import { describe, expect, it } from "vitest";
import { CLASS_SETS } from "./classes.ts";
import { type DataLoader, dataNames, loadData, type NamedDataset } from "./registry.ts";
import { moons, SYNTHETIC_SETS } from "./synthetic.ts";

const examples = (count: number) =>
  ({
    x: {
      dtype: "float32",
      shape: [count, 1],
      data: Float32Array.from({ length: count }, (_, i) => i),
    },
    y: {
      dtype: "int32",
      shape: [count],
      data: Int32Array.from({ length: count }, (_, i) => i % 2),
    },
  }) as const;

/** A set of this test's own, whose seed shows in its name. */
const own: DataLoader = ({ seed }): NamedDataset => ({
  name: `own ${seed}`,
  classes: 2,
  view: "table",
  classNames: ["no", "yes"],
  train: examples(5),
  test: examples(3),
});

describe("dataNames", () => {
  it("names what is made here, after what loaders bring", () => {
    const made = ["xor", ...Object.keys(SYNTHETIC_SETS), ...Object.keys(CLASS_SETS)];
    expect(dataNames()).toEqual(made);
    expect(dataNames({ own, moons: own })).toEqual([
      "own",
      "moons",
      ...made.filter((n) => n !== "moons"),
    ]);
  });
  it("refuses what is no record of loaders", () => {
    expect(() => dataNames({ own: 3 } as never)).toThrow(
      "dataNames: expected loaders to be a record of",
    );
  });
});

describe("loadData", () => {
  it("makes a synthetic set with its options, or 400 examples without noise", async () => {
    const { train, test } = moons({ samples: 40, noise: 0.2, seed: 3 });
    expect(await loadData({ name: "moons", samples: 40, noise: 0.2, seed: 3 })).toEqual({
      name: "moons",
      classes: 2,
      view: "plane",
      classNames: ["0", "1"],
      train,
      test,
    });
    const plain = await loadData({ name: "moons" });
    expect(plain.train).toEqual(moons({ samples: 400, noise: 0, seed: 0 }).train);
  });

  it("has no class names where targets are values", async () => {
    expect(await loadData({ name: "regressionPlane" })).toMatchObject({
      classes: null,
      classNames: [],
    });
  });

  it("asks the loader of the name, with the seed", async () => {
    expect((await loadData({ name: "own", seed: 7 }, { own })).name).toBe("own 7");
    expect((await loadData({ name: "xor", seed: 7 }, { xor: own })).name).toBe("own 7");
  });

  it("keeps the first examples of each part", async () => {
    const { train, test } = await loadData({ name: "own", train: 2, test: 3 }, { own });
    expect([...train.x.data]).toEqual([0, 1]);
    expect([...test.y.data]).toEqual([0, 1, 0]);
  });

  it.each([
    [{ name: "own", train: 6 }, "spec: data.train: there are only 5 examples, received 6"],
    [{ name: "own", noise: 1 }, "spec: data.noise: own is a fixed set, it has no noise"],
    [
      { name: "circles", classes: 3 },
      "spec: data.classes: circles has two classes, or values, it has no classes",
    ],
    [
      { name: "xor", testFraction: 0.2 },
      "spec: data.testFraction: xor is a fixed set, it has no testFraction",
    ],
    [{ name: "xor", samples: 9 }, "spec: data.samples: xor is a fixed set, it has no samples"],
    [{ name: "owm" }, 'spec: data.name: Unknown data set "owm". Did you mean "own"?'],
    [{ name: "toString" }, 'spec: data.name: Unknown data set "toString"'],
    [{ name: "moons", sample: 9 }, 'Did you mean "samples"?'],
    [{}, "loadData: expected name, a text, received nothing"],
    [undefined, "loadData: expected an object of options"],
  ])("refuses %j", async (request, message) => {
    await expect(loadData(request as never, { own })).rejects.toThrow(message);
  });
});
