import { describe, expect, it } from "vitest";
import { guessedEncoding, isAscii, markedEncoding, windowsText } from "./encoding.ts";

const bytesOf = (hex: string) =>
  Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16));

it("tells ASCII at every place", () => {
  for (let length = 0; length < 40; length++) {
    for (let offset = 0; offset < 4; offset++) {
      const bytes = new Uint8Array(length + offset).subarray(offset).fill(127);
      expect(isAscii(bytes)).toBe(true);
      for (let at = 0; at < length; at++) {
        bytes[at] = 128;
        expect(isAscii(bytes)).toBe(false);
        bytes[at] = 127;
      }
    }
  }
});

it("reads marks, and zeros where UTF-16 has them", () => {
  expect(markedEncoding(bytesOf("efbbbf61"))).toEqual({ name: "utf-8", mark: 3, isGuess: false });
  expect(markedEncoding(bytesOf("fffe6100"))).toEqual({
    name: "utf-16le",
    mark: 2,
    isGuess: false,
  });
  expect(markedEncoding(bytesOf("feff0061"))).toEqual({
    name: "utf-16be",
    mark: 2,
    isGuess: false,
  });
  expect(markedEncoding(bytesOf("61002c006200"))).toMatchObject({
    name: "utf-16le",
    isGuess: true,
  });
  expect(markedEncoding(bytesOf("0061002c0062"))).toMatchObject({
    name: "utf-16be",
    isGuess: true,
  });
  expect(markedEncoding(bytesOf("612c000000ff"))).toBeUndefined();
  expect(markedEncoding(new Uint8Array(0))).toBeUndefined();
});

// Written by Python's codecs.
describe.each([
  [
    "gb18030",
    "城市,人口,备注\n北京,2189,首都\n上海,2487,\n深圳,1756,特区\n",
    "b3c7cad02cc8cbbfda2cb1b8d7a20ab1b1bea92c323138392ccad7b6bc0ac9cfbaa32c323438372c0ac9eedbda2c313735362cccd8c7f80a",
  ],
  [
    "gb18030",
    "Name,City,€\nChloé,Zürich,1\nŁódź,上海,2\nMünchen,北京,3\n",
    "4e616d652c436974792ca2e30a43686c6fa8a62c5aa8b9726963682c310a81309139a8ae64813097322cc9cfbaa32c320a4da8b96e6368656e2cb1b1bea92c330a",
  ],
  ["gb18030", "姓名,年龄\n张三,31\n", "d0d5c3fb2cc4eac1e40ad5c5c8fd2c33310a"],
  [
    "shift_jis",
    "名前,年齢,住所\n山田太郎,31,東京都\nカタカナ,40,大阪\nひらがな,22,ｱｲｳ\n",
    "96bc914f2c944e97ee2c8f5a8f8a0a8e52936391be98592c33312c938c8b9e93730a834a835e834a83692c34302c91e58de30a82d082e782aa82c82c32322cb1b2b30a",
  ],
  ["shift_jis", "名前,メモ\n田中,コーヒー\n", "96bc914f2c838183820a936392862c8352815b8371815b0a"],
  [
    "windows-1252",
    "Größe,Straße\n1,Müllerstraße\n",
    "4772f6df652c53747261df650a312c4dfc6c6c657273747261df650a",
  ],
  [
    "windows-1252",
    "prénom,café\nZoë,1\nRenée,2\n",
    "7072e96e6f6d2c636166e90a5a6feb2c310a52656ee9652c320a",
  ],
  ["windows-1252", "a\n“quoted” – dash… €5\n", "610a9371756f7465649420962064617368852080350a"],
  ["windows-1252", "año,niño\nSí,¿qué?\n", "61f16f2c6e69f16f0a53ed2cbf7175e93f0a"],
  ["utf-8", "naïve,中文\n", "6e61c3af76652ce4b8ade696870a"],
])("%s, %s", (name, text, hex) => {
  it("is told by its bytes, the last character cut off or not", () => {
    const bytes = bytesOf(hex);
    const decoded = new TextDecoder(name).decode(bytes);
    expect(name === "windows-1252" ? windowsText(decoded) : decoded).toBe(text);
    expect(guessedEncoding(bytes).name).toBe(name);
    const last = bytes.findLastIndex((byte) => byte > 127);
    if (name !== "utf-8") expect(guessedEncoding(bytes.subarray(0, last + 1)).name).toBe(name);
  });
});

it("takes UTF-8 with a few bytes that are none for UTF-8", () => {
  expect(guessedEncoding(bytesOf("c3a9c3bce9")).name).toBe("utf-8");
  expect(guessedEncoding(bytesOf("c3a9c3")).name).toBe("utf-8");
});
