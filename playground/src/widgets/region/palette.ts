// Colours of maps, out of the style sheet's variables: read anew when the theme changes.

export interface Palette {
  /** From -1 to 1 in 255 steps, as ABGR words: orange, neutral, blue. */
  readonly signed: Uint32Array;
  /** Of classes, in the order of Okabe and Ito. */
  readonly classes: readonly Rgb[];
  readonly neutral: Rgb;
}

export type Rgb = readonly [red: number, green: number, blue: number];

export const STEPS = 255;

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => rgbOf(style.getPropertyValue(name).trim());
  const [low, neutral, high] = [read("--map-low"), read("--map-mid"), read("--map-high")];
  const signed = Uint32Array.from({ length: STEPS }, (_, i) => {
    const t = (2 * i) / (STEPS - 1) - 1;
    return wordOf(mix(neutral, t < 0 ? low : high, Math.abs(t)));
  });
  const classes = Array.from({ length: 8 }, (_, i) => read(`--class-${i}`));
  return { signed, classes, neutral };
}

/** "#rrggbb" as numbers. */
export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * t)) as unknown as Rgb;
}

/** Little-endian RGBA as one word. */
export function wordOf([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The word of a value in [-1, 1]; what is beyond is clipped. */
export function signedWord({ signed }: Palette, value: number): number {
  const at = Math.round(((Math.min(Math.max(value, -1), 1) + 1) / 2) * (STEPS - 1));
  return signed[at] ?? signed[(STEPS - 1) / 2]!;
}
