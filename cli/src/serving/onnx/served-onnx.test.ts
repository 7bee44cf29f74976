// ONNX files behind HTTP: what is joined, what is asked and answered, and what is refused.

import { decodeSafetensors, encodeSafetensors } from "neurite/formats";
import { encodeOnnx, importOnnx, type OnnxFields } from "neurite/onnx";
import { afterAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../server.ts";
import { type ServedOnnx, serveOnnx } from "./served-onnx.ts";

const TYPES = { float32: 1, int64: 7, bool: 9 };

const port = (name: string, type: keyof typeof TYPES, ...dims: (number | string)[]) => {
  const dim = dims.map((length) =>
    typeof length === "string"
      ? { value: { case: "dimParam", value: length } }
      : { value: { case: "dimValue", value: BigInt(length) } },
  );
  return {
    name,
    type: { value: { case: "tensorType", value: { elemType: TYPES[type], shape: { dim } } } },
  };
};
const node = (opType: string, input: string[], output: string) => ({
  ...{ opType, input, output: [output] },
});
const floats = (name: string, dims: number[], floatData: number[]) => ({
  ...{ name, dims: dims.map(BigInt), dataType: 1, floatData },
});

/** Words as rows of a table, those that a mask leaves; and which is the first word. */
const WORDS = {
  node: [
    node("Gather", ["table", "ids"], "rows"),
    node("Cast", ["mask"], "kept"),
    node("Unsqueeze", ["kept", "last"], "column"),
    node("Mul", ["rows", "column"], "y"),
    node("Slice", ["ids", "zero", "one", "one"], "first"),
  ],
  initializer: [
    floats("table", [3, 2], [1, 2, 3, 4, 5, 6]),
    ...(
      [
        ["last", 2],
        ["zero", 0],
        ["one", 1],
      ] as const
    ).map(([name, n]) => ({
      ...{ name, dims: [1n], dataType: 7, int64Data: [BigInt(n)] },
    })),
  ],
  input: [port("ids", "int64", "batch", "words"), port("mask", "int64", "batch", "words")],
  output: [port("y", "float32", "batch", "words", 2), port("first", "int64", "batch", 1)],
};
Object.assign(WORDS.node[1]!, { attribute: [{ name: "to", type: 2, i: 1n }] });
const alone = (opType: string, ...dims: (number | string)[]) => ({
  node: [node(opType, ["x"], "y")],
  input: [port("x", "float32", ...dims)],
  output: [port("y", "float32", ...dims)],
});
const MIXED = {
  ...alone("Relu", "batch", 2),
  node: [{ ...node("Softmax", ["x"], "y"), attribute: [{ name: "axis", type: 2, i: 0n }] }],
};
const FIXED = {
  node: [node("Greater", ["x", "s"], "y")],
  input: [port("x", "float32", 2, 2), port("s", "float32")],
  output: [port("y", "bool", 2, 2)],
};

const served = (graph: object, maxBatch = 4): ServedOnnx => {
  const bytes = encodeOnnx({
    ...{ irVersion: 10n, opsetImport: [{ domain: "", version: 21n }] },
    graph: { name: "g", ...graph },
  } as OnnxFields);
  return serveOnnx(importOnnx(bytes), { name: "g.onnx", maxBatch, maxLength: 5 });
};

const running: RunningServer[] = [];
const faults: unknown[] = [];
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  expect(faults).toEqual([]);
});
async function post(
  model: ServedOnnx,
  body: unknown,
  headers: Record<string, string> = { "content-type": "application/json" },
): Promise<Response> {
  const server = await startServer(model, {
    ...{ host: "127.0.0.1", port: 0, maxBatch: 4, maxWait: 1, maxQueue: 9, maxBody: 9000 },
    ...{ timeout: 20, version: "0", onFault: (error: unknown) => faults.push(error) },
  });
  running.push(server);
  return await fetch(`${server.url}/predict`, {
    ...{ method: "POST", headers },
    body: body instanceof Uint8Array ? (body as BufferSource) : JSON.stringify(body),
  });
}

describe("whether requests are joined", () => {
  it.each([
    ["examples that are computed apart", alone("Relu", "batch", 2), null],
    ["two inputs of any length", WORDS, null],
    ["examples that change each other", MIXED, "examples of a batch change each other's outputs"],
    ["a first axis of one length", FIXED, "the first axis of x is not of any length"],
    ["what has no rows", alone("Shape", "batch", 2), "its outputs do not count examples"],
  ])("says it of %s", (_, graph, says) => {
    const { joins, apart } = served(graph);
    expect(joins).toBe(says === null);
    if (says) expect(apart).toContain(says);
  });

  it("computes requests of several lengths, more examples than a batch has, each as if alone", async () => {
    const model = served(WORDS, 2);
    const job = (ids: number[][]) => {
      const bytes = new TextEncoder().encode(
        JSON.stringify({ inputs: { ids, mask: ids.map((row) => row.map((_, i) => i % 2)) } }),
      );
      return model.json.read(bytes).job;
    };
    const jobs = [
      job([
        [1, 2],
        [0, 1],
        [2, 2],
      ]),
      job([[2, 0, 1]]),
      job([[0, 1]]),
    ];
    const together = await model.run(jobs);
    for (const [i, one] of jobs.entries()) {
      expect(together[i]).toEqual((await model.run([one]))[0]);
    }
    expect(together[1]!.outputs[0]).toMatchObject({ shape: [1, 3, 2] });
    expect([...together[1]!.outputs[0]!.data]).toEqual([0, 0, 1, 2, 0, 0]);
  });
});

describe("POST /predict", () => {
  const words = served(WORDS);
  const relu = served(alone("Relu", "batch", 2));

  it("takes inputs by name, and gives outputs by name, integers as integers", async () => {
    const response = await post(words, { inputs: { ids: [[2, 0]], mask: [[1, 0]] } });
    expect(await response.json()).toEqual({
      outputs: {
        y: [
          [
            [5, 6],
            [0, 0],
          ],
        ],
        first: [[2]],
      },
    });
  });

  it("takes the only input alone, and scalars and truths", async () => {
    expect(await (await post(relu, { inputs: [[-1, 2]] })).json()).toEqual({
      outputs: { y: [[0, 2]] },
    });
    const more = await post(served(FIXED), {
      inputs: {
        x: [
          [1, 2],
          [3, 4],
        ],
        s: 2,
      },
    });
    expect(await more.json()).toEqual({
      outputs: {
        y: [
          [false, false],
          [true, true],
        ],
      },
    });
  });

  it("takes raw tensors and safetensors, int64 as such", async () => {
    const raw = { "content-type": "application/octet-stream", "x-tensor-dtype": "int64" };
    const shape = served({
      ...alone("Relu", "batch", 2),
      ...{ node: [node("Mul", ["x", "x"], "y")] },
      ...{ input: [port("x", "int64", "n")], output: [port("y", "int64", "n")] },
    });
    const bytes = new Uint8Array(BigInt64Array.of(-3n, 5n).buffer);
    const response = await post(shape, bytes, { ...raw, "x-tensor-shape": "2" });
    expect(response.headers.get("x-tensor-dtype")).toBe("int64");
    expect(new BigInt64Array(await response.arrayBuffer())).toEqual(BigInt64Array.of(9n, 25n));
    const far = new Uint8Array(BigInt64Array.of(2n ** 40n).buffer);
    const refused = await post(shape, far, { ...raw, "x-tensor-shape": "1" });
    expect(await refused.text()).toContain("1099511627776 is beyond int32, which holds int64 here");

    const ids = { dtype: "int32", shape: [1, 1], data: Int32Array.of(1) } as const;
    const file = encodeSafetensors(
      new Map([
        ["ids", ids],
        ["mask", ids],
      ]),
      {},
      { store: "I64" },
    );
    const tensors = await post(words, file, { "content-type": "application/vnd.safetensors" });
    const read = decodeSafetensors(new Uint8Array(await tensors.arrayBuffer()));
    expect([...read.tensors.get("y")!.data]).toEqual([3, 4]);
    expect(read.converted.get("first")).toBe("I64");
  });

  it.each<[unknown, RegExp]>([
    [{ inputs: { ids: [[1]] } }, /inputs\.mask: expected numbers, received nothing/],
    [{ inputs: { ids: [[1]], masc: [[1]] } }, /Did you mean "mask"/],
    [{ inputs: [[1]] }, /expected an object with ids, mask/],
    [{ inputs: { ids: [1], mask: [1] } }, /expected \[batch, words\], received lists 1 deep/],
    [
      { inputs: { ids: [[1, 2], [1]], mask: [[1]] } },
      /lists of 2 as the first is, received a list of 1/,
    ],
    [{ inputs: { ids: [[1, 2]], mask: [[1]] } }, /expected words of one length, received 2 and 1/],
    [
      { inputs: { ids: [[1], [2]], mask: [[1]] } },
      /as many examples of each input, received 2 and 1/,
    ],
    [{ inputs: { ids: [], mask: [] } }, /received lists 1 deep/],
    [{ inputs: { ids: [[]], mask: [[]] } }, /expected \[batch, words\], received \[1, 0\]/],
    [{ inputs: { ids: [[1.5]], mask: [[1]] } }, /a whole number within int32.*received 1\.5/],
    [
      { inputs: { ids: [[2 ** 31]], mask: [[1]] } },
      /a whole number within int32.*received 2147483648/,
    ],
    [{ inputs: { ids: [["1"]], mask: [[1]] } }, /expected a number, received "1"/],
    [
      { inputs: { ids: [[0, 0, 0, 0, 0, 0]], mask: [[1, 1, 1, 1, 1, 1]] } },
      /axis 1 is 6 long; .* up to 5/,
    ],
    [{ inputs: { ids: [[3]], mask: [[1]] } }, /index 3 is out of range/],
  ])("refuses %j in a sentence", async (body, message) => {
    const response = await post(words, body);
    expect(((await response.json()) as { error: string }).error).toMatch(message);
    expect(response.status).toBe(422);
  });
});
