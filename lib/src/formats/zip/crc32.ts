// The sum by which zip archives find damage: CRC-32, of which each byte's part is looked up.

const POLYNOMIAL = 0xedb88320;
let table: Uint32Array | null = null;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
    return rest;
  });
}

export function crc32(bytes: Uint8Array): number {
  table ??= makeTable();
  let sum = 0xffff_ffff;
  for (let i = 0; i < bytes.length; i++) sum = table[(sum ^ bytes[i]!) & 255]! ^ (sum >>> 8);
  return (sum ^ 0xffff_ffff) >>> 0;
}
