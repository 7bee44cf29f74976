// neurite import model.keras, and back: a run that predicts, is judged, goes on training, and leaves again.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { encodeNpy } from "neurite/formats";
import { writeZip } from "neurite/formats/zip";
import { importKeras } from "neurite/keras";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const GOLDEN = new URL("../../../lib/src/keras/golden/", import.meta.url);
const OUTPUTS = JSON.parse(readFileSync(new URL("outputs.json", GOLDEN), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "neurite-import-keras-"));
const at = (name: string) => join(folder, name);
const FILES = ["conv.keras", "conv.h5", "conv.weights.h5", "graph.keras"];

beforeAll(() => {
  for (const name of FILES) {
    writeFileSync(at(name), gunzipSync(readFileSync(new URL(`${name}.gz`, GOLDEN))));
  }
  writeFileSync(at("cut.keras"), readFileSync(at("conv.keras")).subarray(0, 9000));
  writeFileSync(at("cut.h5"), readFileSync(at("conv.h5")).subarray(0, 9000));
  // Two classes of three, so that there is something to learn: where the picture is bright.
  const x = Float32Array.from({ length: 30 * 128 }, (_, i) =>
    (i >> 7) % 3 === Math.floor((i % 128) / 43) ? 1 : 0,
  );
  const y = Int32Array.from({ length: 30 }, (_, i) => i % 3);
  const arrays = {
    "x.npy": encodeNpy({ dtype: "float32", shape: [30, 8, 8, 2], data: x }),
    "y.npy": encodeNpy({ dtype: "int32", shape: [30], data: y }),
  };
  writeFileSync(at("data.npz"), writeZip(arrays));
  mkdirSync(at("tfjs"));
  for (const name of ["model.json", "group1-shard1of2.bin", "group1-shard2of2.bin"]) {
    writeFileSync(at(`tfjs/${name}`), readFileSync(new URL(`tfjs/${name}`, GOLDEN)));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The inputs of the golden outputs, two examples. */
function examples(): string {
  const data = Float32Array.from(
    { length: 256 },
    (_, i) => Math.floor(1000 * Math.sin(12.9898 * i + 1)) / 1024,
  );
  writeFileSync(at("x.npy"), encodeNpy({ dtype: "float32", shape: [2, 8, 8, 2], data }));
  return at("x.npy");
}

describe("neurite import model.keras", () => {
  it("makes a run that predicts what Keras does, trains on and goes back", async () => {
    const imported = await neurite(
      "import",
      at("conv.keras"),
      "--data",
      at("data.npz"),
      "--out",
      at("run"),
    );
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain(
      "conv2d/kernel [3, 3, 2, 4] -> params/conv2d/w [3, 3, 2, 4]\n",
    );
    expect(imported.stdout).toContain(
      "written by Keras 3.15.1; loss sparseCategoricalCrossentropy\n",
    );
    const { stdout } = await neurite("predict", at("run"), examples());
    const found = stdout
      .trim()
      .split("\n")
      .slice(1)
      .flatMap((line) => line.split(",").slice(2).map(Number));
    OUTPUTS.conv.y.forEach((value: number, i: number) => {
      expect(found[i]).toBeCloseTo(value, 5);
    });
    expect((await neurite("summary", at("run"))).stdout).toContain("conv2d_transpose");
    expect(await neurite("evaluate", at("run"))).toMatchObject({ code: 0 });
    expect(await neurite("train", "--resume", at("run"), "--epochs", "2", "-q")).toMatchObject({
      code: 0,
    });
    for (const format of ["keras", "h5"]) {
      const out = at(`back.${format}`);
      const exported = await neurite("export", at("run"), "--format", format, "--out", out);
      expect(exported.stdout).toContain(`keras.models.load_model("${out}") loads it`);
      const back = await importKeras(readFileSync(out));
      expect(back.training).toMatchObject({
        loss: "sparseCategoricalCrossentropy",
        clip: { norm: 1 },
      });
    }
  });

  it("takes weights alone into layers of a specification, and a model of TF.js with the files beside it", async () => {
    const { network } = await importKeras(readFileSync(at("conv.keras")));
    const spec = {
      version: 1,
      data: { name: "circles" },
      model: network,
      loss: "mse",
      optimizer: "sgd",
    };
    writeFileSync(
      at("spec.json"),
      JSON.stringify({ ...spec, training: { epochs: 1, batchSize: 2 } }),
    );
    const alone = await neurite(
      "import",
      at("conv.weights.h5"),
      "--into",
      at("spec.json"),
      "--out",
      at("alone"),
    );
    expect(alone.stdout).toContain("17 weights imported");
    const { stdout } = await neurite("import", at("tfjs/model.json"), "--out", at("js"));
    expect(stdout).toContain("written by TF.js");
    expect(stdout).toContain("no data were named");
    const judged = await neurite("evaluate", at("js"));
    expect(judged.code).toBe(2);
    expect(judged.stderr).toContain("it came in without data; say which");
    // Another data set is judged by, or does not fit: it is looked for by its name, and not as a file.
    expect((await neurite("evaluate", at("js"), "iris")).stderr).not.toContain("no such file");
  });

  it("puts a factor in front of the layers where it is told to", async () => {
    const args = ["import", at("conv.keras"), "--rescale", "1/255", "--out", at("scaled")];
    expect(await neurite(...args)).toMatchObject({ code: 0 });
    expect((await neurite("summary", at("scaled"))).stdout).toMatch(/data_rescaling +rescaling/);
  });

  it.each<[string, string[], number, RegExp]>([
    ["a file that is cut", [at("cut.keras")], 1, /cut\.keras: zip: expected a zip archive/],
    ["HDF5 that is cut", [at("cut.h5")], 1, /cut\.h5: HDF5: bytes \d+ to \d+ are not there/],
    ["weights without layers", [at("conv.weights.h5")], 1, /weights alone.*--into/],
    ["ONNX", [at("model.onnx")], 2, /used as they are: neurite predict, summary or serve/],
    ["layers twice", [at("conv.keras"), "--into", "iris"], 1, /says its layers itself/],
    [
      "what is of PyTorch",
      [at("conv.keras"), "--channels-last"],
      2,
      /--channels-last: not of a file of Keras/,
    ],
    ["another shape", [at("conv.keras"), "--input", "9,9,2"], 1, /takes examples \[8, 8, 2\]/],
    ["no shape", [at("conv.keras"), "--input", "9x9"], 2, /Expected whole numbers, as in 28,28,1/],
    ["no factor", [at("conv.keras"), "--rescale", "1/0"], 2, /Expected a number other than 0/],
    ["data that are not there", [at("conv.keras"), "--data", "irsi"], 2, /Did you mean "iris"\?/],
    ["a factor before a graph", [at("graph.keras"), "--rescale", "2"], 2, /layers are no chain/],
    ["no file", [at("none.keras")], 1, /no such file/],
  ])("refuses %s, and writes nothing", async (_, args, exit, message) => {
    const { code, stderr } = await neurite("import", ...args, "--out", at("refused"));
    expect(stderr).toMatch(message);
    expect(code).toBe(exit);
    expect(existsSync(at("refused"))).toBe(false);
  });

  it.skipIf(process.platform === "win32")(
    "follows no link out of the folder of model.json",
    async () => {
      rmSync(at("tfjs/group1-shard2of2.bin"));
      symlinkSync(at("conv.h5"), at("tfjs/group1-shard2of2.bin"));
      const { code, stderr } = await neurite(
        "import",
        at("tfjs/model.json"),
        "--out",
        at("refused"),
      );
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/a link that leads out of the folder of model\.json/),
      ]);
      expect(existsSync(at("refused"))).toBe(false);
    },
  );
});
