// Which encoding a text is in: a mark at its beginning, else UTF-8 where it is valid, else what its bytes look like.

/** What is told apart without being asked for; others are read where they are named and the runtime knows them. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "gb18030",
  "shift_jis",
] as const;

/** An encoding and how it is known: bytes of a mark to leave out, or a guess. */
export interface FoundEncoding {
  readonly name: string;
  readonly mark: number;
  readonly isGuess: boolean;
}

/** Of bytes from the beginning of a file: by its mark, or by zeros in every other place. */
export function markedEncoding(bytes: Uint8Array): FoundEncoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { name: "utf-8", mark: 3, isGuess: false };
  if (a === 0xff && b === 0xfe) return { name: "utf-16le", mark: 2, isGuess: false };
  if (a === 0xfe && b === 0xff) return { name: "utf-16be", mark: 2, isGuess: false };
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4096) & ~1;
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i % 2]!++;
  if (looked < 4 || zeros[0] === zeros[1]) return undefined;
  if (zeros[1]! > looked / 5 && zeros[0] === 0) return { name: "utf-16le", mark: 0, isGuess: true };
  if (zeros[0]! > looked / 5 && zeros[1] === 0) return { name: "utf-16be", mark: 0, isGuess: true };
  return undefined;
}

/** Whether all bytes are ASCII, four at a time. */
export function isAscii(bytes: Uint8Array): boolean {
  let at = 0;
  for (; at < bytes.length && (bytes.byteOffset + at) % 4 !== 0; at++)
    if (bytes[at]! > 127) return false;
  if (at === bytes.length) return true;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (bytes.length - at) >> 2);
  let seen = 0;
  const fours = words.length & ~3;
  for (let i = 0; i < fours; i += 4) {
    seen |= words[i]! | words[i + 1]! | words[i + 2]! | words[i + 3]!;
  }
  for (let i = fours; i < words.length; i++) seen |= words[i]!;
  if ((seen & 0x80808080) !== 0) return false;
  for (at += 4 * words.length; at < bytes.length; at++) if (bytes[at]! > 127) return false;
  return true;
}

/**
 * Of bytes that are not all ASCII; the last character may be cut off. Where more characters are UTF-8 than are not, it
 * is UTF-8: the cell that is none is refused by name when it is read.
 */
export function guessedEncoding(bytes: Uint8Array): FoundEncoding {
  const { valid, invalid } = countUtf8(bytes);
  if (invalid === 0 || (valid > 0 && valid >= invalid))
    return { name: "utf-8", mark: 0, isGuess: false };
  const [chinese, japanese] = [
    share("gb18030", bytes, COMMON_GB),
    share("shift_jis", bytes, COMMON_SJIS),
  ];
  if (Math.max(chinese, japanese) < 0.6) return { name: "windows-1252", mark: 0, isGuess: true };
  return { name: chinese >= japanese ? "gb18030" : "shift_jis", mark: 0, isGuess: true };
}

function decodes(name: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(name, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Characters of several bytes that are valid UTF-8, and bytes above ASCII that are not. */
function countUtf8(bytes: Uint8Array): { valid: number; invalid: number } {
  const count = { valid: 0, invalid: 0 };
  let looked = 0;
  for (let i = 0; i < bytes.length && looked < LOOKED; i++) {
    const byte = bytes[i]!;
    if (byte < 128) continue;
    looked++;
    const more = tailOf(byte);
    const tail = bytes.subarray(i + 1, i + 1 + more);
    // The last character may be cut off.
    const isValid = more > 0 && tail.every((next) => next >> 6 === 2);
    if (isValid) {
      count.valid++;
      i += more;
    } else count.invalid++;
  }
  return count;
}

/** Bytes above ASCII that are enough to tell. */
const LOOKED = 100_000;

/** How many bytes follow the first of a character; 0 where none begins so. */
function tailOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}

type IsCommon = (lead: number, trail: number) => boolean;

/** The 3,755 characters of level 1 of GB 2312, its punctuation, full-width letters, and letters with accents. */
const COMMON_GB: IsCommon = (lead, trail) =>
  trail >= 0xa1 &&
  ((lead >= 0xb0 && lead <= 0xd7) ||
    (lead >= 0xa1 && lead <= 0xa3) ||
    (lead === 0xa8 && trail <= 0xba));
/** Kana, punctuation and level 1 of JIS X 0208. */
const COMMON_SJIS: IsCommon = (lead, trail) => lead >= 0x81 && lead <= 0x98 && trail >= 0x40;

/** Which part of the characters above ASCII is common in an encoding of two bytes; 0 where it does not decode. */
function share(name: string, bytes: Uint8Array, isCommon: IsCommon): number {
  if (!decodes(name, bytes)) return 0;
  let [common, all] = [0, 0];
  for (let i = 0; i + 1 < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 128) continue;
    const trail = bytes[i + 1]!;
    // Rare characters are four bytes in GB 18030: a byte and a digit, twice.
    if (name === "gb18030" && trail >= 0x30 && trail <= 0x39) {
      i += 3;
      continue;
    }
    all++;
    // Katakana of half width is one byte in Shift-JIS.
    if (name === "shift_jis" && byte >= 0xa1 && byte <= 0xdf) continue;
    if (isCommon(byte, trail)) common++;
    i++;
  }
  return all === 0 ? 0 : common / all;
}

/** Windows' characters 0x80 to 0x9f, where Latin-1 has control characters; those that it leaves free stay what they are. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Mends what Node 20 makes of windows-1252: it decodes Latin-1. Right texts have none of these characters. */
export function windowsText(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS[control.charCodeAt(0) - 0x80]!);
}
