// Threefry-2x32 with 20 rounds (Salmon et al. 2011): random bits as a function of key and counter.

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
/** Skein's constant, so that a key of zeros does not stay zeros. */
const PARITY = 0x1bd11bda;

/** Two random words for a 64-bit key and a 64-bit counter; all words are signed 32-bit integers. */
export function threefry2x32(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
): [number, number] {
  const keys = [key0 | 0, key1 | 0, PARITY ^ key0 ^ key1] as const;
  let x = (counter0 + keys[0]) | 0;
  let y = (counter1 + keys[1]) | 0;
  for (let round = 0; round < 20; round++) {
    const bits = ROTATIONS[round % 8]!;
    x = (x + y) | 0;
    y = ((y << bits) | (y >>> (32 - bits))) ^ x;
    if (round % 4 === 3) {
      const step = (round + 1) / 4; // after every fourth round the next two key words come in
      x = (x + keys[step % 3]!) | 0;
      y = (y + keys[(step + 1) % 3]! + step) | 0;
    }
  }
  return [x, y];
}
