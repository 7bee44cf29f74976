import { describe, expect, it } from "vitest";
import type { Frame, FromWorker, LoadedInfo, Problem, ToWorker } from "../protocol/index.ts";
import { XOR } from "../state/index.ts";
import { type Port, Training } from "./training.ts";

function clientOf() {
  const sent: ToWorker[] = [];
  const problems: Problem[] = [];
  const paints: (() => void)[] = [];
  const port: Port = { postMessage: (message) => sent.push(message), onmessage: null };
  const training = new Training(
    port,
    (problem) => problems.push(problem),
    (done) => paints.push(done),
  );
  const receive = (data: FromWorker) => port.onmessage!({ data });
  return { sent, problems, paints, training, receive };
}

const frame = (number: number, step: number, furthest = step): FromWorker => ({
  kind: "frame",
  frame: number,
  step,
  epoch: step,
  first: 0,
  furthest,
  inside: null,
  metrics: { trainLoss: 1 / (step + 1), testLoss: null, train: {}, test: {} },
  views: {},
  stats: { examplesPerSecond: 0, epochMs: null, viewMs: 0, learningRate: 0.5 },
});

const withRate = (learningRate: number) => ({
  ...XOR,
  run: { ...XOR.run, optimizer: { name: "sgd", learningRate } },
});

describe("the page's side of the worker", () => {
  it("loads anew only where a change asks for it", () => {
    const { sent, training } = clientOf();
    training.change(XOR);
    training.change(structuredClone(XOR));
    training.change(withRate(0.1));
    training.change({ ...XOR, run: { ...XOR.run, seed: 8 } });
    expect(sent.map(({ kind }) => kind)).toEqual(["load", "change", "load"]);
  });

  it("tells of a frame once it was painted", () => {
    const { sent, paints, training, receive } = clientOf();
    receive(frame(3, 5));
    expect(training.frames.current?.step).toBe(5);
    expect(training.frames.frameId.value).toBe(3);
    expect(sent).toEqual([]);
    paints[0]!();
    expect(sent).toEqual([{ kind: "frameDone", frame: 3 }]);
  });

  it("keeps the curve of the run, and cuts it where another training begins", () => {
    const { training, receive } = clientOf();
    training.load(XOR);
    const steps = () => training.frames.history.map(({ step }) => step);
    for (const step of [0, 4, 8, 12]) receive(frame(step + 1, step));
    receive(frame(20, 4, 12));
    expect(steps()).toEqual([0, 4, 8, 12]);
    receive(frame(21, 6, 6));
    expect(steps()).toEqual([0, 4, 6]);
    receive({ kind: "loaded", id: 1, info: {} as LoadedInfo });
    expect(steps()).toEqual([]);
  });

  it("takes what a weight that was set by hand makes of the last step into the curve", () => {
    const { training, receive } = clientOf();
    training.load(XOR);
    receive(frame(1, 0));
    receive(frame(2, 4));
    const by = { trainLoss: 7, testLoss: null, train: {}, test: {} };
    receive({ ...(frame(3, 4) as Frame & { kind: "frame" }), metrics: by });
    expect(training.frames.history.map(({ trainLoss }) => trainLoss)).toEqual([1, 7]);
  });

  it("gives jobs their answers and their problems", async () => {
    const { sent, training, receive, problems } = clientOf();
    const [first, second] = [training.ask("point", { x: [0] }), training.ask("point", { x: [1] })];
    const ids = sent.map((message) => (message as { id: number }).id);
    const problem: Problem = { code: "notLoaded", data: {} };
    receive({ kind: "error", id: ids[1]!, problem });
    receive({ kind: "result", id: ids[0]!, job: "point", gives: { layers: { dense1: [1] } } });
    await expect(second).rejects.toMatchObject({ problem });
    expect(await first).toEqual({ layers: { dense1: [1] } });
    receive({ kind: "error", id: 0, problem });
    expect(problems).toEqual([problem]);
  });

  it("says which settings were refused, and goes back to those that are trained", () => {
    const port: Port = { postMessage: () => {}, onmessage: null };
    const refusals: unknown[] = [];
    const unwanted = () => expect.fail("no problem of another kind");
    const training = new Training(port, unwanted, undefined, (...told) => refusals.push(told));
    const receive = (data: FromWorker) => port.onmessage!({ data });
    const problem: Problem = { code: "refused", data: { detail: "no such loss" } };
    const bad = { ...XOR, run: { ...XOR.run, loss: "hing" } };
    training.load(bad);
    receive({ kind: "error", id: 1, problem });
    training.load(XOR);
    receive({ kind: "loaded", id: 2, info: {} as LoadedInfo });
    training.load(bad);
    receive({ kind: "error", id: 3, problem });
    training.goBack();
    expect(training.settings).toBe(XOR);
    expect(refusals).toEqual([
      [problem, bad, null],
      [problem, bad, XOR],
    ]);
  });

  it("knows whether training goes on", () => {
    const { training, receive } = clientOf();
    training.play("fast");
    expect(training.frames.isPlaying.value).toBe(true);
    receive({ kind: "stopped", reason: "until", diagnosis: null });
    expect(training.frames.isPlaying.value).toBe(false);
    expect(training.frames.stopped.value?.reason).toBe("until");
    expect((training.frames.current as Frame | null)?.step).toBeUndefined();
  });

  it("goes on playing when the answer to an earlier pause comes late", () => {
    const { sent, training, receive } = clientOf();
    training.play("fast");
    training.pause();
    training.play("fast");
    receive({ kind: "stopped", reason: "user", diagnosis: null });
    expect(training.frames.isPlaying.value).toBe(true);
    training.pause();
    expect(training.frames.isPlaying.value).toBe(false);
    expect(sent.map(({ kind }) => kind)).toEqual(["play", "pause", "play", "pause"]);
  });
});
