// Arrays of one's own, .npz, .npy and idx, from the files to predictions.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeIdx, encodeNpy, type StoredTensor } from "neurite/formats";
import { writeZip } from "neurite/formats/zip";
import { readRunSpec } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawnPng } from "../pictures/shapes.testing.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-arrays-"));
const at = (name: string) => join(folder, name);
const write = (name: string, content: Uint8Array | string) => {
  writeFileSync(at(name), content);
  return at(name);
};
const quick = ["--epochs", "1", "-q"];

/** Two heaps of points in the plane far from 0, and a value that follows the first number. */
const points: StoredTensor = {
  dtype: "float64",
  shape: [60, 2],
  data: Float64Array.from({ length: 120 }, (_, i) => {
    const row = i >> 1;
    return (i % 2 === 0 ? 500 + (row % 2) * 40 : -3) + ((row * 7) % 10);
  }),
};
const labels = (dtype: "int32" | "uint8" | "bool" = "int32"): StoredTensor => {
  const data = Array.from({ length: 60 }, (_, row) =>
    dtype === "int32" ? 3 + 4 * (row % 2) : row % 2,
  );
  return {
    dtype,
    shape: [60],
    data: dtype === "int32" ? Int32Array.from(data) : Uint8Array.from(data),
  };
};
const values: StoredTensor = {
  dtype: "float64",
  shape: [60, 1],
  data: Float64Array.from({ length: 60 }, (_, row) => 1000 + points.data[2 * row]! * 3),
};
/** Pictures of 6 x 6 in 17 levels: a bar that lies or stands. */
const bars: StoredTensor = {
  dtype: "uint8",
  shape: [40, 6, 6],
  data: Uint8Array.from({ length: 40 * 36 }, (_, i) => {
    const [n, y, x] = [Math.floor(i / 36), Math.floor((i % 36) / 6), i % 6];
    return (n % 2 === 0 ? y : x) === n % 6 ? 16 : 0;
  }),
};
const barLabels: StoredTensor = {
  dtype: "uint8",
  shape: [40],
  data: Uint8Array.from({ length: 40 }, (_, n) => n % 2),
};

const npz = at("points.npz");
const run = at("run");
beforeAll(async () => {
  write("points.npz", writeZip({ "x.npy": encodeNpy(points), "y.npy": encodeNpy(labels()) }));
  write("x.npy", encodeNpy(points));
  write("bars.idx", encodeIdx(bars));
  write("bar-labels.idx", encodeIdx(barLabels));
  const { code, stderr } = await neurite("train", npz, "--out", run, "--epochs", "30");
  expect([code, stderr]).toEqual([0, expect.stringContaining("x float64 [60, 2]")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neurite train digits.npz", () => {
  it("finds x and y, scales what it reads, and keeps what labels are called", async () => {
    expect((await neurite("evaluate", run)).stdout).toMatch(/^accuracy +100\.00 %/m);
    const spec = readRunSpec(readFileSync(join(run, "spec.json"), "utf8"));
    expect(spec.data.file).toMatchObject({ kind: "arrays", x: "x", y: "y", classes: ["3", "7"] });
    const { layers } = spec.model as { layers: { kind: string; mean?: number[] }[] };
    expect(layers[1]!.kind).toBe("normalization");
    expect(layers[1]!.mean![0]).toBeGreaterThan(500);
    expect(await neurite("train", join(run, "spec.json"), ...quick)).toMatchObject({ code: 0 });
  });

  it("takes the names that it is told, and parts that files have", async () => {
    const [a, b] = [encodeNpy(points), encodeNpy(labels("bool"))];
    const named = write("named.npz", writeZip({ "left.npy": a, "right.npy": b, "y.npy": a }));
    const flags = ["--images", "left", "--labels", "right"];
    expect(await neurite("train", named, ...flags, ...quick)).toMatchObject({ code: 0 });
    const parted = { "x_train.npy": a, "y_train.npy": b, "x_test.npy": a, "y_test.npy": b };
    const { stderr } = await neurite(
      "train",
      write("parted.npz", writeZip(parted)),
      "--epochs",
      "0",
    );
    expect(stderr).toContain("60 training examples, 60 test examples");
    const none = await neurite(
      "train",
      write("none.npz", writeZip({ "p.npy": a, "q.npy": b })),
      ...quick,
    );
    expect(none.stderr).toMatch(
      /expected the names of arrays to learn from and to learn; .* has p, q/,
    );
    const wrong = await neurite("train", named, "--images", "lefft", "--labels", "right", ...quick);
    expect(wrong.stderr).toContain('Unknown array "lefft". Did you mean "left"?');
  });

  it("learns values in their own units", async () => {
    const out = at("values");
    write("values.npy", encodeNpy(values));
    const given = ["train", at("x.npy"), "--labels", at("values.npy"), "--out", out];
    expect(await neurite(...given, "--epochs", "60", "-q")).toMatchObject({ code: 0 });
    const { stdout } = await neurite("predict", out, "540,-3");
    expect(Math.abs(Number(stdout) - 2620)).toBeLessThan(60);
  });

  it("learns pictures of idx files, and shows them", async () => {
    const out = at("bars");
    const given = ["--images", at("bars.idx"), "--labels", at("bar-labels.idx"), "--out", out];
    const { stderr, code } = await neurite(
      "train",
      ...given,
      "--epochs",
      "20",
      "--learning-rate",
      "0.01",
    );
    expect(stderr).toContain("pictures of [6, 6], in which 16 is white");
    expect(code).toBe(0);
    expect((await neurite("evaluate", out)).stdout).toMatch(/^accuracy +100\.00 %/m);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain(
      "What the layers make of one example",
    );
    const picture = write("bar.png", drawnPng({ shape: "stripes", width: 12, height: 12 }));
    expect((await neurite("predict", out, picture)).stdout).toMatch(/^[01] \(\d/m);
  });

  it("reads a folder in the naming of MNIST, packed or not", async () => {
    mkdirSync(at("fashion"));
    write("fashion/train-images-idx3-ubyte", encodeIdx(bars));
    write("fashion/train-labels-idx1-ubyte.gz", gzipSync(encodeIdx(barLabels)));
    write("fashion/t10k-images-idx3-ubyte.gz", gzipSync(encodeIdx(bars)));
    write("fashion/t10k-labels-idx1-ubyte", encodeIdx(barLabels));
    const { stderr } = await neurite("train", at("fashion"), "--epochs", "0");
    expect(stderr).toContain("40 training examples, 40 test examples");
    rmSync(at("fashion/train-labels-idx1-ubyte.gz"));
    const broken = await neurite("train", at("fashion"), ...quick);
    expect(broken.stderr).toContain("expected a file train-labels..., as MNIST has it");
  });

  const nan: StoredTensor = {
    dtype: "float32",
    shape: [60, 1],
    data: new Float32Array(60).fill(1),
  };
  nan.data[7] = Number.NaN;
  const header = encodeNpy(points);
  const refused: readonly (readonly [name: string, file: Uint8Array | string, message: RegExp])[] =
    [
      ["cut.npy", header.subarray(0, 500), /cut\.npy: npy: the data is cut short/],
      ["text.npy", "hello", /text\.npy: npy: bad magic/],
      [
        "zip.npz",
        "PK\x03\x04...",
        /zip\.npz: zip: expected a zip archive; this is none, or it is cut short/,
      ],
      ["climb.npz", writeZip({ "../x.npy": header }), /"\.\.\/x\.npy" leads out of the archive/],
      ["empty.npz", writeZip({ "readme.txt": header }), /there are no arrays in this archive/],
      ["nan.npy", encodeNpy(nan), /nan\.npy: example 7 holds NaN/],
      ["few.npy", encodeNpy({ ...points, shape: [40, 3] }), /received 40 examples and 60 labels/],
      ["png.npy", drawnPng({ shape: "disc", width: 4, height: 4 }), /png\.npy: npy: bad magic/],
    ];
  it.each(refused)("refuses %s", async (name, file, message) => {
    write("labels.npy", encodeNpy(labels()));
    const { code, stdout, stderr } = await neurite(
      "train",
      write(name, file),
      "--labels",
      at("labels.npy"),
      ...quick,
    );
    expect(stderr).toMatch(message);
    expect([code === 0, stdout]).toEqual([false, ""]);
  });

  it("wants labels, of two classes or more", async () => {
    const alone = await neurite("train", at("x.npy"), ...quick);
    expect(alone.stderr).toMatch(
      /--labels: expected the file of labels, as in .*x\.npy --labels labels\.npy/,
    );
    write("ones.npy", encodeNpy({ dtype: "int32", shape: [60], data: new Int32Array(60).fill(1) }));
    const one = await neurite("train", at("x.npy"), "--labels", at("ones.npy"), ...quick);
    expect(one.stderr).toContain("all labels are 1: there is nothing to learn");
  });
});

describe("neurite predict and evaluate of arrays", () => {
  it("predicts all rows of a file, one of them, or numbers", async () => {
    const { stdout } = await neurite("predict", run, at("x.npy"));
    const rows = stdout.trim().split("\r\n");
    expect(rows[0]).toBe("row,class,p(3),p(7)");
    expect(rows.slice(1, 5).map((row) => row.split(",").slice(0, 2).join())).toEqual([
      "0,3",
      "1,7",
      "2,3",
      "3,7",
    ]);
    expect(rows).toHaveLength(61);
    expect((await neurite("predict", run, npz, "--row", "1")).stdout).toMatch(/^7 \(/m);
    expect((await neurite("predict", run, "505,-3")).stdout).toMatch(/^3 \(/m);
    const wide = await neurite("predict", run, "1,2,3");
    expect(wide.stderr).toContain("expected examples [n, 2] for this run, received [1, 3]");
  });

  it("judges other arrays, and refuses labels that it has not learnt", async () => {
    expect((await neurite("evaluate", run, npz)).stdout).toMatch(
      /on 60 test examples of points\.npz/,
    );
    const other = writeZip({ "x.npy": encodeNpy(points), "y.npy": encodeNpy(labels("bool")) });
    const { stderr } = await neurite("evaluate", run, write("other.npz", other));
    expect(stderr).toContain("label 0 of example 0 is none of the run's classes");
  });
});
