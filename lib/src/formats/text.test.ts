// Byte order marks are taken off, and what is no text is refused.

import { expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
import { decodeText, withoutMark } from "./text.ts";

const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
};

it.each<[string, Uint8Array]>([
  ["UTF-8", Buffer.from("größe")],
  ["UTF-8 with a mark", Buffer.from("\ufeffgröße")],
  ["UTF-16, little-endian", utf16("größe", true)],
  ["UTF-16, big-endian", utf16("größe", false)],
])("reads %s", (_, bytes) => expect(decodeText("x.json", bytes)).toBe("größe"));

it("refuses bytes that are no text", () => {
  expect(() => decodeText("x.json", Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow(
    new FileError("x.json: this is not text: it is not UTF-8"),
  );
});

it("takes one mark off a text, and only at its beginning", () => {
  expect(withoutMark("\ufeff{}")).toBe("{}");
  expect(withoutMark("{}\ufeff")).toBe("{}\ufeff");
  expect(withoutMark("")).toBe("");
});
