import { expect, it, vi } from "vitest";
import type { FromWorker } from "../protocol/index.ts";
import { QUADRANTS, XOR } from "../state/index.ts";
import { Frames } from "./frames.ts";
import { SYSTEM_CLOCK } from "./run/clock.ts";
import { startRun } from "./run/live-run.ts";
import { Session } from "./session.ts";

const FLOW = { view: "flow" } as const;
const VIEWS = {
  scores: { view: "scores" },
  region: { view: "plane", layer: "output", cells: 5 },
  edges: FLOW,
  inside: FLOW,
} as const;

type FrameMessage = Extract<FromWorker, { kind: "frame" }>;

it.each([
  ["training and test examples once each", QUADRANTS, 2],
  ["a truth table, which is its own test, once", XOR, 1],
] as const)("a frame judges %s", async (_, settings, times) => {
  const live = await startRun(settings);
  const posted: [FrameMessage, Transferable[]][] = [];
  const frames = new Frames((...args) => void posted.push(args as never), SYSTEM_CLOCK);
  const { model } = live.timeline;
  const lossOf = vi.spyOn(model.training, "lossOf");
  const predict = vi.spyOn(model, "predict");
  frames.want(VIEWS);
  frames.changed(null);
  await frames.offer(live);
  expect(lossOf).toHaveBeenCalledTimes(times);
  // The plane alone: what scores say is of the answers that the losses were made of.
  expect(predict).toHaveBeenCalledTimes(1);
  const [[frame, buffers]] = posted as [[FrameMessage, Transferable[]]];
  expect(frame.views["inside"]).toBe(frame.views["edges"]);
  // No buffer twice, which the browser would refuse.
  expect(() => structuredClone(frame, { transfer: buffers })).not.toThrow();
  const { trainLoss, testLoss, train } = frame.metrics;
  const { loss, ...metrics } = await model.evaluate(...partOf(live.data.fitted.train));
  expect([trainLoss, train]).toEqual([loss, metrics]);
  expect(testLoss).toBe((await model.evaluate(...partOf(live.data.fitted.test))).loss);
  lossOf.mockClear();
  // The page shows something else of the same state.
  await frames.done(frame.frame, live);
  frames.again({ example: 0, op: 1 });
  await frames.offer(live);
  expect(posted).toHaveLength(2);
  expect(lossOf).not.toHaveBeenCalled();
  await live.timeline.advance();
  await frames.done(posted[1]![0].frame, live);
  frames.changed(null);
  await frames.offer(live);
  expect(lossOf).toHaveBeenCalledTimes(times);
  expect(posted[2]![0].metrics.trainLoss).not.toBe(trainLoss);
});

it("a session judges a state once: not for other views, a walk between steps, or where it stops", async () => {
  const judgement = vi.spyOn(Frames.prototype, "judgement");
  const posted: FromWorker[] = [];
  const session = new Session((message) => void posted.push(message));
  let id = 0;
  const send = async (message: Record<string, unknown>) => {
    await session.receive({ id: ++id, ...message } as never);
    const last = posted.findLast((message) => message.kind === "frame");
    if (last) await session.receive({ id: ++id, kind: "frameDone", frame: last.frame } as never);
  };
  await send({ kind: "load", settings: XOR });
  await send({ kind: "want", views: { scores: { view: "scores" } } });
  await send({ kind: "step", unit: "op", n: 1 });
  await send({ kind: "step", unit: "op", n: 1 });
  await send({ kind: "step", unit: "minibatch", n: 1 });
  await send({ kind: "pause" });
  expect(posted.filter(({ kind }) => kind === "frame")).toHaveLength(6);
  // Asked for by each frame at least, and answered by the same promise as long as the state is the same.
  const answers = judgement.mock.results.map(({ value }) => value);
  expect(answers.length).toBeGreaterThanOrEqual(6);
  expect(new Set(answers).size).toBe(2);
  judgement.mockRestore();
});

function partOf({ x, y }: { x: unknown; y: unknown }): [never, never] {
  return [x as never, y as never];
}
