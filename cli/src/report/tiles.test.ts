import { expect, test } from "vitest";
import { readPng } from "../pictures/png.ts";
import { tilesUri } from "./tiles.ts";

test("tiles stand row by row, each cell enlarged, on a grey ground", () => {
  const uri = tilesUri({
    ...{ count: 3, columns: 2, width: 2, height: 1, zoom: 2, gap: 1 },
    colorAt: (tile, x) => [10 * tile + x, 0, 200],
  });
  const { width, height, data } = readPng("tiles", Buffer.from(uri.split(",")[1]!, "base64"));
  expect([width, height]).toEqual([9, 5]);
  const reds = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[4 * (y * width + x)]),
  );
  const [first, second] = [
    [0, 0, 1, 1, 128, 10, 10, 11, 11],
    [20, 20, 21, 21, 128, 128, 128, 128, 128],
  ];
  expect(reds).toEqual([first, first, Array(9).fill(128), second, second]);
  expect([...data.subarray(0, 4)]).toEqual([0, 0, 200, 255]);
});
