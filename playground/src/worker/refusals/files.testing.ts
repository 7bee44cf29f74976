// Files that the library cannot read: of safetensors, and of what stands in a checkpoint. For tests.

import { XOR } from "../../state/index.ts";

const encoder = new TextEncoder();

/** A file with this header, as text or as what its JSON says. */
function file(header: string | object, data: readonly number[] = []): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(typeof header === "string" ? header : JSON.stringify(header));
  return withLength(text.length, [...text, ...data]);
}

function withLength(length: number, rest: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + rest.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(rest, 8);
  return bytes;
}

/** A file of one tensor of a byte, but for what is said otherwise. */
const tensor = (info: object, data: readonly number[] = [0]) =>
  file({ t: { dtype: "U8", shape: [1], data_offsets: [0, 1], ...info } }, data);

/** A file of no tensors that says this of its run. */
const about = (says: string | object) =>
  file({ __metadata__: { neurite: typeof says === "string" ? says : JSON.stringify(says) } });

const { run } = XOR;

/** A checkpoint of a run that differs from the first one. */
const spec = (change: object) => about({ version: 1, epochs: [], spec: { ...run, ...change } });

const deep = `${"[".repeat(200)}${"]".repeat(200)}`;
const byte = { dtype: "U8", shape: [1], data_offsets: [0, 1] };

export const FILES: readonly Uint8Array<ArrayBuffer>[] = [
  new Uint8Array(3),
  withLength(9, []),
  withLength(2, [0xff, 0xfe]),
  file("{x"),
  file("{"),
  file('{"a":1,"a":2}'),
  file(deep),
  file("[1]"),
  file(" {}"),
  file("[1,2,3,4,5,6,7,8,9]"),
  file({ __metadata__: 3 }),
  file({ __metadata__: { a: [] } }),
  file({ t: 3 }),
  tensor({ dtype: 3 }),
  tensor({ shape: "x" }),
  tensor({ shape: [2 ** 50, 2 ** 50] }),
  tensor({ data_offsets: [1, 0] }),
  tensor({ dtype: "F32" }),
  tensor({ data_offsets: [1, 2] }, [0, 0]),
  tensor({}, []),
  tensor({}, [0, 0]),
  tensor({ dtype: "BOOL" }, [2]),
  tensor({ dtype: "I64", data_offsets: [0, 8] }, [0, 0, 0, 0, 0, 0, 1, 0]),
  file({ a: byte, b: byte }, [0]),
  file({}),
  file({ t: { ...byte, dtype: "X9" }, __metadata__: { neurite: "{}" } }, [0]),
  about("{x"),
  about("{"),
  about('{"a":1,"a":2}'),
  about(deep),
  about("3"),
  about({}),
  about({ version: 2 }),
  about({ version: 1, epochs: 3 }),
  about({ version: 1, epochs: [], callbacks: [] }),
  about({ version: 1, epochs: [], architecture: {} }),
  spec({ version: 2 }),
  spec({ optimiser: "sgd" }),
  spec({ nonsense: 1 }),
  spec({ loss: undefined }),
  spec({ data: [1] }),
  spec({ data: { name: "" } }),
  spec({ data: { name: "xor", samples: -1 } }),
  spec({ model: { layers: 3 } }),
  spec({ model: { layers: [] } }),
  spec({ model: { layers: [3] } }),
  spec({ metrics: {} }),
  spec({ dtype: "int8" }),
  spec({ seed: -1 }),
  spec({ training: { epochs: 1, batchSize: 2 ** 60 } }),
  spec({ training: { epochs: 1, batchSize: 1, classWeights: [] } }),
];
