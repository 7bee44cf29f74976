import { expect, it } from "vitest";
import { grouped, plural } from "./names.ts";

it("puts a comma before each three digits, as English does", () => {
  for (const count of [0, 7, 999, 1000, 12_345, 123_456, 1_234_567, 1e9, -1, -1234]) {
    expect(grouped(count)).toBe(count.toLocaleString("en-US"));
  }
  expect([plural(1, "row"), plural(1000, "row")]).toEqual(["1 row", "1,000 rows"]);
});
