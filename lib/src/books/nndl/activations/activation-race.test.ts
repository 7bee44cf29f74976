import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { experimentPoint } from "../../shared/parameters.ts";
import { claims, PARAMETERS, race } from "./activation-race.ts";

it.each(claims({ seeds: 3 }))("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("starts alike where nothing is below 0, and ends with the race", () => {
  const point = experimentPoint("test", PARAMETERS, { seeds: 2, steps: 150, goal: 2 });
  const [relu, leaky, maxout] = (["ReLU", "Leaky ReLU", "Maxout"] as const).map((name) =>
    race(name, point),
  );
  expect(relu!.map((shares) => shares.length)).toEqual([150, 150]);
  expect(relu![0]![0]).toBeCloseTo(leaky![0]![0]!, 1);
  expect(relu![0]).not.toEqual(relu![1]);
  expect(maxout![0]).not.toEqual(relu![0]);
});
