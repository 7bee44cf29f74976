import { describe, expect, it } from "vitest";
import { pictureShape } from "./picture-shape.ts";

describe("pictureShape", () => {
  it.each([
    [[28, 28, 1], undefined, [28, 28, 1]],
    [[8, 6], undefined, [8, 6, 1]],
    [[784], undefined, [28, 28, 1]],
    [[12], [2, 2, 3], [2, 2, 3]],
  ] as const)("reads %j, asked for %j, as %j", (input, asked, picture) => {
    expect(pictureShape("f", input, asked)).toEqual(picture);
  });

  it("refuses what is no picture, and pictures of another size", () => {
    expect(() => pictureShape("f", [4])).toThrow(
      "f: expected a model that reads pictures, received one that reads examples [4]",
    );
    expect(() => pictureShape("f", [10])).toThrow("examples [10]");
    expect(() => pictureShape("f", [784], [28, 27, 1])).toThrow(
      "f: a picture [28, 27, 1] has 756 numbers, an example [784] has 784",
    );
  });
});
