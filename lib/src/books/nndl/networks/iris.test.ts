import { expect, it } from "vitest";
import { loadIris } from "../../../data/node/iris.ts";
import { claims } from "./iris.ts";

it("tells most irises apart", async () => {
  const found = await claims(() => loadIris({ seed: 1 }));
  expect(found).toHaveLength(3);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});
