// Zip archives read entry by entry, and what strangers may put into them refused.

import { expect, it } from "vitest";
import { FileError } from "../../checks/errors.ts";
import { readZip, writeZip } from "./index.ts";
import { zipOf } from "./zip.testing.ts";

const text = (content: string) => new TextEncoder().encode(content);
const files = { "a.txt": text("hello hello hello"), "folder/b.txt": text(""), "folder/": text("") };

it.each([
  ["stored", zipOf(files)],
  ["packed", zipOf(files, true)],
  ["our own", writeZip(files)],
])("reads %s entries", async (_, bytes) => {
  const entries = readZip(bytes).map(async ({ name, size, read }) => {
    return [name, size, new TextDecoder().decode(await read())];
  });
  expect(await Promise.all(entries)).toEqual([
    ["a.txt", 17, "hello hello hello"],
    ["folder/b.txt", 0, ""],
  ]);
});

it("writes what other programs write: the same records", () => {
  const [own, other] = [writeZip(files), zipOf(files)];
  expect(own.length).toBe(other.length);
  // All but the dates and by which version of the format it was made.
  const same = own.filter((byte, i) => byte === other[i]).length;
  expect(same).toBeGreaterThan(own.length - 6 * 3);
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
])("refuses %s", async (_, bytes, message) => {
  const read = async () => await Promise.all(readZip(bytes).map((entry) => entry.read()));
  await expect(read).rejects.toThrow(message);
  await expect(read).rejects.toBeInstanceOf(FileError);
});
