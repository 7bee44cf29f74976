import { expect, test } from "vitest";
import { makeRegistry } from "./registry.ts";

interface Filter {
  readonly run: (x: number) => number;
}

const FILTERS = makeRegistry<Filter>("filter", "run")(
  { lowPass: { defaults: { order: 2 } }, highPass: { defaults: {} } },
  { bass: "lowPass" },
);

test("names come in the order of the table", () => {
  expect(FILTERS.names()).toEqual(["lowPass", "highPass"]);
});

test("a name is found under its aliases and Keras's spelling, with options or without", () => {
  const found = { name: "lowPass", config: { order: 2 } };
  for (const spec of ["lowPass", "low_pass", "Bass"])
    expect(FILTERS.read(spec)).toMatchObject(found);
  expect(FILTERS.read({ name: "bass", order: 3 }).config).toEqual({ order: 3 });
  expect(() => FILTERS.read("midPass")).toThrow(/filter/);
  expect(() => FILTERS.read({ name: "highPass", order: 1 })).toThrow('filter "highPass"');
});

test("what has the member is the user's own, inherited or not", () => {
  class Mine implements Filter {
    run(x: number): number {
      return x;
    }
  }
  expect(FILTERS.isOwn(new Mine())).toBe(true);
  for (const spec of ["lowPass", { name: "lowPass" }, null, undefined, 3]) {
    expect(FILTERS.isOwn(spec)).toBe(false);
  }
});
