// Zip archives read entry by entry, and what strangers may put into them refused.

import { expect, it } from "vitest";
import { zipOf } from "./zip.testing.ts";
import { readZip } from "./zip.ts";

const text = (content: string) => new TextEncoder().encode(content);
const files = { "a.txt": text("hello hello hello"), "folder/b.txt": text(""), "folder/": text("") };

it.each([false, true])("reads stored and packed entries (%s)", (isPacked) => {
  const entries = readZip("a.zip", zipOf(files, isPacked));
  expect(
    entries.map(({ name, size, read }) => [name, size, new TextDecoder().decode(read())]),
  ).toEqual([
    ["a.txt", 17, "hello hello hello"],
    ["folder/b.txt", 0, ""],
  ]);
});

const good = zipOf({ "a.txt": text("hello hello hello") }, true);
const plain = zipOf({ "a.txt": text("hello hello hello") });

function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const out = bytes.slice();
  out.set(values, at < 0 ? out.length + at : at);
  return out;
}
/** Where the directory's record of the only entry begins. */
const record = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(bytes.length - 6, true);

it.each([
  ["no archive", text("hello"), "expected a zip archive; this is none"],
  ["cut short", good.subarray(0, good.length - 5), "expected a zip archive"],
  ["a directory that is elsewhere", patched(good, -6, 0xff, 0xff, 0), "its directory"],
  ["a count that is wrong", patched(good, -12, 9), "its directory"],
  ["a name that climbs", zipOf({ "../../etc/x.npy": text("") }), "leads out of the archive"],
  ["a name from the root", zipOf({ "/etc/x.npy": text("") }), "leads out of the archive"],
  ["a name with a drive", zipOf({ "C:\\x.npy": text("") }), "leads out of the archive"],
  ["other content", patched(plain, 40, 1), 'the entry "a.txt" is damaged: its sum is wrong'],
  ["packed nonsense", patched(good, 35, 0xff, 0xff), "cannot be unpacked to what it should be"],
  ["a secret", patched(good, record(good) + 8, 1), "is encrypted"],
  [
    "another packing",
    patched(good, record(good) + 10, 12),
    "packed in a way that is not read (12)",
  ],
  ["a bomb", patched(good, record(good) + 24, 0, 0, 0, 0x70), "longer than it can be"],
  ["an entry too large", patched(good, record(good) + 24, 0, 0, 0, 0xf0), "is too large"],
  [
    "an entry elsewhere",
    patched(good, record(good) + 42, 0xff, 0xff),
    'the entry "a.txt" is damaged',
  ],
  ["less than it says", patched(plain, record(plain) + 24, 9), "17 bytes in place of 9"],
])("refuses %s", (_, bytes, message) => {
  const read = () => readZip("a.npz", bytes).map((entry) => entry.read());
  expect(read).toThrow(message);
  expect(read).toThrow("a.npz: ");
});
