// The pictures of filters and maps show the numbers that the network holds.

import { fromData } from "neurite";
import type { NamedDataset } from "neurite/data";
import { activation, conv2d, dense, flatten, type Layer, maxPool2d } from "neurite/nn";
import { sequential } from "neurite/train";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { featureMaps } from "./feature-maps.ts";
import { filterPictures } from "./filters.ts";
import { tilesUri } from "./tiles.ts";

function pixelsOf(uri: string) {
  const { width, height, data } = PNG.sync.read(Buffer.from(uri.split(",")[1]!, "base64"));
  return {
    width,
    height,
    at: (x: number, y: number) => [...data.subarray(4 * (y * width + x))].slice(0, 3),
  };
}

/** Pictures whose alternative text begins so. */
function picturesIn(html: string, alt: string) {
  const found = [...html.matchAll(/<img [^>]*?src="([^"]+)" alt="([^"]+)"/g)];
  return found.filter(([, , text]) => text!.startsWith(alt)).map(([, uri]) => pixelsOf(uri!));
}

const [BLACK, WHITE, PAPER] = [
  [0, 0, 0],
  [255, 255, 255],
  [247, 247, 247],
];
const [RED, BLUE, GROUND] = [
  [178, 24, 43],
  [33, 102, 172],
  [128, 128, 128],
];

/** Two test digits, classes 1 and 0: one white pixel each, at (4, 2) and at (10, 20). */
function twoDots(): NamedDataset {
  const data = new Uint8Array(2 * 784);
  data[2 * 28 + 4] = 255;
  data[784 + 20 * 28 + 10] = 255;
  const part = {
    x: { dtype: "float32", shape: [2, 28, 28, 1], data: Float32Array.from(data) },
    y: { dtype: "int32", shape: [2], data: Int32Array.of(1, 0) },
  } as const;
  return {
    name: "dots",
    classes: 2,
    view: "image",
    classNames: ["0", "1"],
    train: part,
    test: part,
  };
}

/** Filter 0 keeps a pixel where it is, filter 1 negates the one to the right. */
function model(...rest: Layer[]) {
  const net = sequential([28, 28, 1], conv2d(2, [1, 2], { bias: false }), ...rest);
  net.layer("conv2d1")["w"]!.assign(fromData(Float32Array.of(0.5, 0, 0, -0.25), [1, 2, 1, 2]));
  return net;
}

const predictions = { count: 2, outputs: 2, values: [0.2, 0.8, 0.6, 0.4] };
const head = [flatten(), dense(2, { activation: "softmax" })];

it("tiles lie row by row, with a ground between and after them", () => {
  const uri = tilesUri({
    count: 3,
    columns: 2,
    width: 2,
    height: 1,
    zoom: 3,
    gap: 1,
    colorAt: (tile, x) => [tile, x, 0],
  });
  const { width, height, at } = pixelsOf(uri);
  expect([width, height]).toEqual([13, 7]);
  expect([at(0, 0), at(5, 2), at(6, 0), at(7, 0), at(0, 3), at(2, 4), at(12, 6)]).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    GROUND,
    [1, 0, 0],
    GROUND,
    [2, 0, 0],
    GROUND,
  ]);
});

describe("filterPictures", () => {
  it("gives each filter of an image a tile, by one scale for all", () => {
    const html = filterPictures(model(...head))!;
    const [picture] = picturesIn(html, "The 2 filters of layer conv2d1, 1 x 2 each");
    expect([picture!.width, picture!.height]).toEqual([2 * 16 + 4, 8]);
    expect([picture!.at(0, 0), picture!.at(8, 7), picture!.at(20, 0)]).toEqual([RED, PAPER, PAPER]);
    const [red, , blue] = picture!.at(28, 0) as [number, number, number];
    expect(blue).toBeGreaterThan(red); // half as strong, and negative
    expect(picture!.at(28, 0)).not.toEqual(BLUE);
    expect(html).toContain("weights from -0.25 to 0.50");
  });

  it("gives later layers a row for each channel read and a column for each made", () => {
    const net = model(conv2d(3, 1, { bias: false }), ...head);
    net.layer("conv2d2")["w"]!.assign(fromData(Float32Array.of(0, 0, 1, 0, -1, 0), [1, 1, 2, 3]));
    const [matrix] = picturesIn(filterPictures(net)!, "The kernels of layer conv2d2");
    expect([matrix!.width, matrix!.height]).toEqual([5, 3]);
    expect([0, 2, 4].map((x) => matrix!.at(x, 0))).toEqual([PAPER, PAPER, RED]);
    expect([0, 2, 4].map((x) => matrix!.at(x, 2))).toEqual([PAPER, BLUE, PAPER]);
  });

  it("has nothing to show of other networks", () => {
    expect(filterPictures(sequential([784], dense(2)))).toBeNull();
    expect(featureMaps(sequential([784], dense(2)), twoDots(), predictions)).toBeNull();
  });
});

describe("featureMaps", () => {
  const html = featureMaps(
    model(activation("relu"), maxPool2d(2), ...head),
    twoDots(),
    predictions,
  )!;

  it("has a digit of each class, in their order, with what it was taken for", () => {
    const heads = [...html.matchAll(/<b>(\d)<\/b>, taken for <b>(\d)<\/b> \((.*?) %\).*?#(\d)/g)];
    expect(heads.map((found) => found.slice(1))).toEqual([
      ["0", "0", "60.0", "1"],
      ["1", "1", "80.0", "0"],
    ]);
    expect(html.match(/<details [^>]*open/g)).toHaveLength(1);
  });

  it("shows the sign where there is one, and grey where there is none", () => {
    const [signed] = picturesIn(
      html,
      "Output of layer conv2d1 for test example #0: 2 maps of 28 x 27",
    );
    expect(signed!.at(4, 2)).toEqual(RED);
    expect(signed!.at(5, 2)).toEqual(PAPER);
    const [positive] = picturesIn(html, "Output of layer activation1 for test example #0");
    expect([positive!.at(4, 2), positive!.at(5, 2)]).toEqual([WHITE, BLACK]);
    const [pooled] = picturesIn(
      html,
      "Output of layer maxPool2d1 for test example #0: 2 maps of 14 x 13",
    );
    expect([pooled!.at(3 * 2, 3), pooled!.at(3 * 3, 3)]).toEqual([WHITE, BLACK]);
  });

  it("says the range, the strongest channel, and how many are silent", () => {
    expect(html).toMatch(
      /conv2d1<\/code>: 2 channels of 28 x 27; values from\n-63\.8 to 128, the largest in channel 0\./,
    );
    expect(html).toMatch(
      /activation1<\/code>: .*\n0 to 128, the largest in channel 0; 1 channel is 0 everywhere\./,
    );
  });
});
