/** The peer that stands for TF Playground: it computes what the library does, and has as much to do as theirs. */

import { dense, inputLayer } from "neurite/nn";
import { sequential } from "neurite/train";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The benchmark is plain JavaScript, and a package of its own. */
// biome-ignore lint/suspicious/noExplicitAny: it has no types
async function load(file: string): Promise<Record<string, any>> {
  return await import(new URL(`../bench/src/tf-playground/${file}`, import.meta.url).href);
}

const { PlaygroundPage } = await load("page.mjs");
const { build, weightsOf } = await load("training.mjs");
const { ACTIVATIONS, backward, forward, networkOf, SQUARED_ERROR } = await load("network.mjs");

interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** Numbers from 0 to 1, the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Four squares of points, as float32 holds them. */
function squares(count: number): Point[] {
  const next = numbersFrom(7);
  const coordinate = () => Math.fround(next() * 10 - 5);
  return Array.from({ length: count }, () => {
    const [x, y] = [coordinate(), coordinate()];
    return { x, y, label: x * y >= 0 ? 1 : -1 };
  });
}

const points = squares(500);
const [train, test] = [points.slice(0, 250), points.slice(250)];
const HIDDEN = [4, 2];
const UNITS = 7;

beforeEach(() => {
  vi.spyOn(Math, "random").mockImplementation(numbersFrom(12));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function pageOf(settings: Record<string, unknown> = {}) {
  return new PlaygroundPage({ train, test, networkShape: HIDDEN, ...settings });
}

/** What trains from the weights of a page, as a peer of the benchmark gets it. */
function taskOf(page: { readonly network: unknown }, batch: number, rate: number) {
  const arrays = {
    x: { data: Float32Array.from(train.flatMap(({ x, y }) => [x, y])) },
    y: { data: Float32Array.from(train.map(({ label }) => label)) },
    ...weightsOf(page.network),
  };
  return { sizes: [2, ...HIDDEN, 1], batch, optimizer: { rate }, arrays };
}

describe("TF Playground's algorithm", () => {
  it("comes to the weights that the library comes to", async () => {
    const page = pageOf();
    const layers = [...HIDDEN, 1].map((units) => dense(units, { activation: "tanh" }));
    const model = sequential([inputLayer([2]), ...layers]).compile({
      loss: "quadratic",
      optimizer: { name: "sgd", learningRate: 0.03 },
    });
    const first = weightsOf(page.network);
    const { variables } = model.instance.params;
    const names = [...variables.keys()];
    const ofLayer = (i: number, kind: string) =>
      names.find((name) => name.endsWith(`${i}/${kind}`))!;
    for (let i = 0; i <= HIDDEN.length; i++) {
      for (const kind of ["w", "b"]) {
        const variable = variables.get(ofLayer(i + 1, kind))!;
        variable.storage.write(Float32Array.from(first[`${kind}${i}`].data) as never);
        variable.changed();
      }
    }
    const { x, y } = taskOf(page, 10, 0.03).arrays;
    await model.fit(
      { dtype: "float32", shape: [250, 2], data: x.data },
      { dtype: "float32", shape: [250, 1], data: y.data },
      { epochs: 4, batchSize: 10, shuffle: false },
    );
    for (let epoch = 0; epoch < 4; epoch++) page.oneStep();
    const trained = weightsOf(page.network);
    let moved = 0;
    for (let i = 0; i <= HIDDEN.length; i++) {
      for (const kind of ["w", "b"]) {
        const own = variables.get(ofLayer(i + 1, kind))!.storage.read() as Float32Array;
        trained[`${kind}${i}`].data.forEach((number: number, k: number) => {
          expect(number).toBeCloseTo(own[k]!, 5);
          moved = Math.max(moved, Math.abs(number - first[`${kind}${i}`].data[k]));
        });
      }
    }
    expect(moved).toBeGreaterThan(0.1);
  });

  it("computes each tanh once forwards, once more for its slope, and again for both losses", () => {
    const page = pageOf();
    const tanh = vi.spyOn(Math, "tanh");
    page.oneStep();
    expect(tanh).toHaveBeenCalledTimes(2 * 250 * UNITS + 500 * UNITS);
  });

  it("asks for every feature of every example anew, also for the losses", () => {
    const page = pageOf();
    const asked = new Map<unknown, number>();
    page.settings = new Proxy(page.settings, {
      get(settings, name) {
        asked.set(name, (asked.get(name) ?? 0) + 1);
        return settings[name];
      },
    });
    page.oneStep();
    for (const name of ["x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"]) {
      expect(asked.get(name), name).toBe(750);
    }
    expect(asked.get("cosX")).toBeUndefined();
    expect(asked.get("learningRate")).toBe(25);
  });

  it("counts what is summed a unit and a link; what an epoch leaves over goes into the next", () => {
    const page = pageOf({ batchSize: 100 });
    page.oneStep();
    const [, hidden] = page.network;
    expect(hidden[0].slopes).toBe(50);
    expect(hidden[0].inputs[1].slopes).toBe(50);
    const more = train.slice(0, 51);
    const { bias } = hidden[0];
    for (const { x, y, label } of more) {
      forward(page.network, [x, y]);
      backward(page.network, label, SQUARED_ERROR);
    }
    const { slopes, summedSlope } = hidden[0];
    expect(slopes).toBe(101);
    // The same once more, from where the epoch left off.
    vi.mocked(Math.random).mockImplementation(numbersFrom(12));
    const again = pageOf({ batchSize: 100 });
    again.oneStep();
    Object.assign(again, { train: more });
    again.settings.batchSize = 51;
    again.oneStep();
    expect(again.network[1][0].slopes).toBe(0);
    expect(again.network[1][0].bias).toBe(bias - (0.03 * summedSlope) / 101);
  });

  it("is alone what it is in the page, to the bit, and tells losses", () => {
    const page = pageOf({ batchSize: 25, learningRate: 0.1 });
    const peer = build(taskOf(page, 25, 0.1));
    const first = peer.step();
    expect(first).toBeGreaterThan(0);
    peer.run(29);
    for (let epoch = 0; epoch < 3; epoch++) page.oneStep();
    expect(weightsOf(peer.network)).toEqual(weightsOf(page.network));
    expect(page.trainLoss).toBeLessThan(0.5);
    expect(page.testLoss).not.toBe(page.trainLoss);
  });

  it("refuses what does not fit, as theirs", () => {
    const { tanh } = ACTIVATIONS;
    const network = networkOf([2, 1], tanh, tanh, null, ["x", "y"]);
    expect(() => forward(network, [1])).toThrow("Expected 2 inputs. Received 1.");
  });
});
