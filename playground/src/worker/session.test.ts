import { describe, expect, it } from "vitest";
import type { Frame, FromWorker, ToWorker } from "../protocol/index.ts";
import { type Settings, XOR } from "../state/index.ts";
import type { Clock } from "./run/clock.ts";
import { Session } from "./session.ts";

/** A page without a browser: keeps what the session posts, and takes frames when it is told to. */
function pageOf(clock?: Clock) {
  const posted: FromWorker[] = [];
  const session = new Session((message) => posted.push(message), clock);
  let id = 0;
  const send = (message: Record<string, unknown>) =>
    session.receive({ id: ++id, ...message } as unknown as ToWorker);
  const all = <K extends FromWorker["kind"]>(kind: K) =>
    posted.filter((message): message is Extract<FromWorker, { kind: K }> => message.kind === kind);
  const frames = () => all("frame") as readonly (Frame & { kind: "frame" })[];
  const take = async () => {
    const last = frames().at(-1);
    if (last) await send({ kind: "frameDone", frame: last.frame });
  };
  /** Sends, takes the frame, and gives the last. */
  const look = async (message: Record<string, unknown>) => {
    await take();
    await send(message);
    await take();
    return frames().at(-1)!;
  };
  return { posted, session, send, all, frames, take, look };
}

const WEIGHTS = { kind: "want", views: { weights: { view: "parameters" } } };

const weightsOf = (frame: Frame) => {
  const view = frame.views["weights"];
  if (view?.view !== "parameters") throw new Error("no weights");
  return Object.fromEntries(Object.entries(view.numbers).map(([name, w]) => [name, [...w]]));
};

describe("a session", () => {
  it("tells what it has loaded", async () => {
    const { send, all } = pageOf();
    await send({ kind: "load", settings: XOR });
    const [{ info }] = all("loaded") as [Extract<FromWorker, { kind: "loaded" }>];
    expect(info.parameters).toEqual([
      ["dense1/w", [2, 2]],
      ["dense1/b", [2]],
      ["dense2/w", [2, 1]],
      ["dense2/b", [1]],
    ]);
    expect(info.layers.map(({ units, activation }) => [units, activation])).toEqual([
      [2, "tanh"],
      [1, "sigmoid"],
    ]);
    expect(info.stepsPerEpoch).toBe(1);
    expect([...info.data.train.y]).toEqual([0, 1, 1, 0]);
    expect(info.window).toEqual({ center: [0.5, 0.5], reach: 0.55 });
  });

  it("leaves weights of another network aside, all of them, and says so", async () => {
    const { send, all, look } = pageOf();
    await send(WEIGHTS);
    await send({ kind: "load", settings: XOR });
    const before = weightsOf(await look({ kind: "step", unit: "minibatch", n: 0 }));
    const weights = { "dense1/w": Float32Array.of(1, 2, 3, 4), "dense9/w": Float32Array.of(1) };
    await send({ kind: "load", settings: XOR, weights });
    expect(weightsOf(await look({ kind: "step", unit: "minibatch", n: 0 }))).toEqual(before);
    expect(all("error").map(({ problem }) => problem)).toEqual([
      {
        code: "weightsMisfit",
        data: { names: ["dense1/b", "dense2/w", "dense2/b", "dense9/w"] },
      },
    ]);
  });

  it("names a word in the settings that means nothing, of which kind, and what was meant", async () => {
    const { send, all } = pageOf();
    const run = { ...XOR.run, optimizer: { name: "sgdd", learningRate: 1 } };
    await send({ kind: "load", settings: { ...XOR, run } });
    await send({ kind: "load", settings: { ...XOR, run: { ...XOR.run, data: { name: "xorr" } } } });
    expect(all("error").map(({ problem }) => problem.data)).toEqual([
      { what: "optimizer", name: "sgdd", meant: "sgd" },
      { what: "data set", name: "xorr", meant: "xor" },
    ]);
  });

  it("weighs classes as the run says, and names one that is not there", async () => {
    const weighed = (classWeights: object): Settings => {
      const { run } = XOR;
      return { ...XOR, run: { ...run, training: { ...run.training, classWeights } } } as Settings;
    };
    const after = async (settings: Settings) => {
      const { send, look, all } = pageOf();
      await send(WEIGHTS);
      await send({ kind: "load", settings });
      if (all("error").length > 0) return all("error").map(({ problem }) => problem.data);
      return weightsOf(await look({ kind: "step", unit: "epoch", n: 2 }));
    };
    const plain = await after(XOR);
    expect(await after(weighed({ 0: 1, 1: 1 }))).toEqual(plain);
    expect(await after(weighed({ 1: 3 }))).not.toEqual(plain);
    expect(await after(weighed({ 7: 2 }))).toEqual([{ what: "class", name: "7", meant: "0" }]);
  });

  it("computes wanted views alone", async () => {
    const { send, look, frames } = pageOf();
    await send({ kind: "load", settings: XOR });
    expect(frames().at(-1)!.views).toEqual({});
    const frame = await look({
      kind: "want",
      views: { map: { view: "plane", layer: "output", cells: 5 } },
    });
    expect(Object.keys(frame.views)).toEqual(["map"]);
    const map = frame.views["map"];
    expect(map?.view === "plane" && map.layers["output"]?.length).toBe(25);
  });

  it("goes forwards and back to the same bits", async () => {
    const { send, look } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send(WEIGHTS);
    const states = [await look({ kind: "seek", step: 0 })];
    for (let i = 0; i < 12; i++) {
      states.push(await look({ kind: "step", unit: "minibatch", n: 1 }));
    }
    expect(states.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, i) => i));
    for (const step of [11, 3, 0, 12, 7]) {
      const frame = await look({ kind: "seek", step });
      expect(frame.step).toBe(step);
      expect(frame.furthest).toBe(12);
      expect(weightsOf(frame)).toEqual(weightsOf(states[step]!));
    }
  });

  it("has one frame under way, however much is trained", async () => {
    const { send, frames, take } = pageOf();
    await send({ kind: "load", settings: XOR });
    for (let i = 0; i < 5; i++) await send({ kind: "step", unit: "minibatch", n: 1 });
    expect(frames()).toHaveLength(1);
    await take();
    expect(frames()).toHaveLength(2);
    expect(frames()[1]!.step).toBe(5);
  });

  it("plays until it is to stop", async () => {
    const { send, session, all, take, frames } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send({ kind: "play", pace: "fast", until: { step: 500 } });
    while (session.isPlaying) await new Promise((resolve) => setTimeout(resolve, 5));
    await take();
    expect(all("stopped").map(({ reason }) => reason)).toEqual(["until"]);
    expect(frames().at(-1)!.step).toBe(500);
  });

  it("goes at its pace, however often that changes", async () => {
    let [now, turns] = [0, 0];
    const moment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
    const clock: Clock = {
      now: () => now,
      turn: () => {
        turns++;
        return moment();
      },
    };
    const { send, session, take, frames } = pageOf(clock);
    await send({ kind: "load", settings: XOR });
    const pace = { per: "second", unit: "minibatch", n: 10 };
    for (let i = 0; i < 5; i++) {
      await send({ kind: "play", pace });
      await send({ kind: "pause" });
    }
    await send({ kind: "play", pace });
    const stepAt = async (milliseconds: number) => {
      now = milliseconds;
      // The turn that is under way may have read the clock before.
      for (const last = turns + 2; turns < last; ) await moment();
      await take();
      return frames().at(-1)!.step;
    };
    expect([await stepAt(50), await stepAt(500), await stepAt(1000)]).toEqual([0, 5, 10]);
    await send({ kind: "play", pace: "fast", until: { epoch: 20 } });
    while (session.isPlaying) await moment();
    await take();
    expect(frames().at(-1)!.step).toBe(20);
  });

  it("sends at most thirty frames a second while it plays, and rests where nothing is due", async () => {
    let now = 0;
    const rests: boolean[] = [];
    const clock: Clock = {
      now: () => now,
      turn: (isIdle) => {
        rests.push(isIdle);
        now += 5;
        return new Promise((resolve) => setTimeout(resolve, 1));
      },
    };
    const { send, session, take, frames } = pageOf(clock);
    await send({ kind: "load", settings: XOR });
    await take();
    const before = frames().length;
    await send({ kind: "play", pace: { per: "second", unit: "minibatch", n: 100 } });
    while (now < 500) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await take();
    }
    const sent = frames().length - before;
    expect(sent).toBeGreaterThan(5);
    expect(sent).toBeLessThanOrEqual((now / 1000) * 30 + 1);
    expect(rests).toContain(true);
    expect(rests).toContain(false);
    await send({ kind: "pause" });
    await take();
    expect(session.isPlaying).toBe(false);
    expect(frames().at(-1)!.step).toBeGreaterThanOrEqual(49);
  });

  it("changes one weight by hand, and everything that depends on it", async () => {
    const { send, look } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send({
      kind: "want",
      views: {
        weights: { view: "parameters" },
        map: { view: "plane", layer: "output", cells: 4 },
      },
    });
    const before = await look({ kind: "seek", step: 0 });
    const after = await look({ kind: "set", name: "dense1/w", index: 1, value: 3 });
    expect(weightsOf(after)["dense1/w"]![1]).toBe(3);
    expect(after.views["map"]).not.toEqual(before.views["map"]);
    expect(after.metrics.trainLoss).not.toBe(before.metrics.trainLoss);
  });

  it("keeps the weights where a change does not touch them", async () => {
    const { send, look, all } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send(WEIGHTS);
    const before = await look({ kind: "step", unit: "minibatch", n: 5 });
    const run = { ...XOR.run, training: { ...XOR.run.training, batchSize: 2 } };
    const smaller = await look({ kind: "change", settings: { ...XOR, run } });
    expect(weightsOf(smaller)).toEqual(weightsOf(before));
    expect([smaller.step, smaller.first, smaller.epoch]).toEqual([5, 5, 5]);
    expect((await look({ kind: "step", unit: "minibatch", n: 1 })).epoch).toBe(5.5);
    await look({ kind: "seek", step: 5 });
    expect(all("loaded").at(-1)!.info.stepsPerEpoch).toBe(2);
    const rate = { ...run, optimizer: { name: "sgd", learningRate: 0.01 } };
    const slower = await look({ kind: "change", settings: { ...XOR, run: rate } });
    expect(weightsOf(slower)).toEqual(weightsOf(before));
    const step = async (settings: Settings) => {
      await look({ kind: "change", settings });
      await look({ kind: "seek", step: 5 });
      return weightsOf(await look({ kind: "step", unit: "minibatch", n: 1 }))["dense2/b"]![0]!;
    };
    const from = weightsOf(before)["dense2/b"]![0]!;
    const small = (await step({ ...XOR, run: rate })) - from;
    const large = (await step({ ...XOR, run })) - from;
    expect(large / small).toBeCloseTo(50, 0);
  });

  it("names the op that made a number infinite, and goes back before it", async () => {
    const { send, all, look } = pageOf();
    const run: Settings["run"] = {
      ...XOR.run,
      model: {
        layers: [
          { kind: "input", shape: [2] },
          { kind: "dense", units: 4, activation: "relu" },
          { kind: "dense", units: 1 },
        ],
      },
      loss: "meanSquaredError",
      metrics: [],
      optimizer: { name: "sgd", learningRate: 30 },
    };
    await send({ kind: "load", settings: { ...XOR, run } });
    await send(WEIGHTS);
    const frame = await look({ kind: "step", unit: "minibatch", n: 200 });
    const [{ reason, diagnosis }] = all("stopped") as [Extract<FromWorker, { kind: "stopped" }>];
    expect(reason).toBe("nan");
    expect(diagnosis!.op).toMatch(/^[a-zA-Z]+$/);
    expect(frame.step).toBe(diagnosis!.step);
    // The loss of that step is the first to be infinite: the weights before it are not.
    expect(Object.values(weightsOf(frame)).flat().every(Number.isFinite)).toBe(true);
  });

  it("answers with codes, and goes on", async () => {
    const { send, all } = pageOf();
    await send({ kind: "seek", step: 3 });
    await send({
      kind: "load",
      settings: { ...XOR, data: { ...XOR.data, features: ["x1", "x2 +"] } },
    });
    await send({ kind: "load", settings: { ...XOR, run: { ...XOR.run, loss: "mes" } } });
    const optimizer = { name: "sgd", learningRate: -1 };
    await send({ kind: "load", settings: { ...XOR, run: { ...XOR.run, optimizer } } });
    expect(all("error").map(({ problem }) => problem.code)).toEqual([
      "notLoaded",
      "expression",
      "unknownName",
      "refused",
    ]);
    await send({ kind: "load", settings: XOR });
    expect(all("loaded")).toHaveLength(1);
  });

  it("walks through a step op by op, and updates after the last", async () => {
    const { send, look } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send({
      kind: "want",
      views: { weights: { view: "parameters" }, walk: { view: "walk" } },
    });
    const before = await look({ kind: "step", unit: "minibatch", n: 3 });
    expect(before.views["walk"]).toEqual({ view: "walk", walk: null });
    const first = await look({ kind: "step", unit: "op", n: 1 });
    expect([first.step, first.inside]).toEqual([3, { example: 0, op: 1 }]);
    const seen: number[] = [];
    const sums = { dw: 0, db: 0 };
    for (let example = 0; example < 4; example++) {
      const frame = await look({ kind: "step", unit: "example", n: 1 });
      const view = frame.views["walk"];
      const walk = view?.view === "walk" ? view.walk! : null!;
      expect(frame.inside).toEqual({ example, op: walk.ops.length });
      expect(weightsOf(frame)).toEqual(weightsOf(before));
      seen.push(walk.row);
      sums.dw += walk.layers[0]!.dw[0]! / 4;
      sums.db += walk.layers[1]!.delta[0]! / 4;
    }
    expect(seen.sort()).toEqual([0, 1, 2, 3]);
    const after = await look({ kind: "step", unit: "op", n: 1 });
    expect([after.step, after.inside]).toEqual([4, null]);
    // The update is the mean of what was seen, times the rate.
    const change = (name: string) => weightsOf(before)[name]![0]! - weightsOf(after)[name]![0]!;
    expect(change("dense1/w")).toBeCloseTo(0.5 * sums.dw, 6);
    expect(change("dense2/b")).toBeCloseTo(0.5 * sums.db, 6);
    const back = await look({ kind: "step", unit: "op", n: -1 });
    expect([back.step, back.inside?.example]).toEqual([3, 3]);
    expect(weightsOf(back)).toEqual(weightsOf(before));
  });

  it("answers a job", async () => {
    const { send, all } = pageOf();
    await send({ kind: "load", settings: XOR });
    await send({ kind: "ask", job: "point", asks: { x: [0, 1] } });
    const [{ gives }] = all("result") as [Extract<FromWorker, { kind: "result"; job: "point" }>];
    expect(Object.keys(gives.layers)).toEqual(["input1", "dense1", "dense2"]);
    expect(gives.layers["dense1"]).toHaveLength(2);
  });
});
