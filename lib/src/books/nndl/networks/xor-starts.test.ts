import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { train } from "./xor.ts";
import { answersOf, claims } from "./xor-starts.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("learns side by side what each start learns alone", () => {
  const together = answersOf(2, { starts: 3, steps: 50 });
  [0, 1, 2].forEach((seed) => {
    const { outputs } = train({ hidden: 2, seed, steps: 50 });
    together[seed]!.forEach((a, n) => void expect(a).toBeCloseTo(outputs[n]!, 12));
  });
});
