import { expect, test } from "vitest";
import { figure } from "./progress.ts";

test("figures have the digits that say something, and no minus before 0", () => {
  const loss = (value: number) => figure("loss", value);
  expect([0.12345, -0.5, -0.00001, 999.87654].map(loss)).toEqual([
    "0.1235",
    "-0.5000",
    "0.0000",
    "999.8765",
  ]);
  expect([12345.6789, -169829.8354, 4.5e9].map(loss)).toEqual([
    "12345.68",
    "-169829.8",
    "4.5000e9",
  ]);
  expect(figure("testAccuracy", 0.935)).toBe("93.50 %");
});
