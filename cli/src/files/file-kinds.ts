// What a file is that should have been something else, by how it begins.

/** Text in which one character is one byte, where in the file it stands, and what such a file is. */
const KINDS: readonly (readonly [at: number, text: string, kind: string])[] = [
  [0, "\xff\xd8\xff", "a JPEG picture"],
  [0, "GIF8", "a GIF picture"],
  [8, "WEBP", "a WebP picture"],
  [4, "ftypavi", "an AVIF picture"],
  [4, "ftyphei", "a HEIC picture"],
  [4, "ftypmif1", "a HEIC picture"],
  [0, "BM", "a BMP picture"],
  [0, "II*\0", "a TIFF picture"],
  [0, "MM\0*", "a TIFF picture"],
  [0, "%PDF", "a PDF document"],
  [0, "PK\x03\x04", "a zip archive"],
  [8, '{"', "a safetensors file"],
  [0, "<svg", "an SVG picture"],
  [0, "<?xml", "an XML document"],
];

/** As in "a JPEG picture"; null for what is none of these. */
export function kindOfFile(head: Uint8Array): string | null {
  const start = String.fromCharCode(...head.subarray(0, 64));
  return KINDS.find(([at, text]) => start.startsWith(text, at))?.[2] ?? null;
}
