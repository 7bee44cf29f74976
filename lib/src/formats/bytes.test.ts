// Bytes are taken from every kind of array that holds bytes, also of another realm.

import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { ArgumentError } from "../checks/errors.ts";
import { bytesOf } from "./bytes.ts";

const own = Uint8Array.of(1, 2, 3);

it.each<[string, unknown]>([
  ["a Uint8Array", own],
  ["a Buffer", Buffer.from(own)],
  ["a part of a larger buffer", Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4)],
  ["an ArrayBuffer", own.buffer],
  ["shared memory", Object.assign(new Uint8Array(new SharedArrayBuffer(3)), { ...own }).buffer],
  ["a DataView", new DataView(Uint8Array.of(9, 1, 2, 3).buffer, 1)],
  ["a Uint8ClampedArray", Uint8ClampedArray.of(1, 2, 3)],
  ["a Uint8Array of another realm", runInNewContext("Uint8Array.of(1, 2, 3)")],
  ["an ArrayBuffer of another realm", runInNewContext("Uint8Array.of(1, 2, 3).buffer")],
])("%s", (_, bytes) => expect([...bytesOf("read", bytes)]).toEqual([1, 2, 3]));

it.each<[unknown, string]>([
  [undefined, "nothing"],
  ["text", '"text"'],
  [[1, 2], "[1,2]"],
  [Float32Array.of(1), "a Float32Array"],
  [{ length: 3 }, '{"length":3}'],
])("refuses %j", (bytes, received) => {
  expect(() => bytesOf("read", bytes)).toThrow(
    new ArgumentError(
      `read: expected the bytes of a file, a Uint8Array or an ArrayBuffer, received ${received}`,
    ),
  );
});
