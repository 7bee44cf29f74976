// Arithmetic on literals, for kernel windows. Sums count in tuples, which grow with the value, so
// more than three digits give `number`; so do fractions and negative numbers.

type Digits = {
  0: [];
  1: [0];
  2: [0, 0];
  3: [0, 0, 0];
  4: [0, 0, 0, 0];
  5: [0, 0, 0, 0, 0];
  6: [0, 0, 0, 0, 0, 0];
  7: [0, 0, 0, 0, 0, 0, 0];
  8: [0, 0, 0, 0, 0, 0, 0, 0];
  9: [0, 0, 0, 0, 0, 0, 0, 0, 0];
};

type Ten<T extends 0[]> = [...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T];

// A tuple of N zeros, or `never` where N is not a natural number of at most three digits.
type Count<N extends number> = number extends N
  ? never
  : `${N}` extends `${string}${infer _Second}${infer _Third}${infer _Fourth}${infer _More}`
    ? never
    : CountDigits<`${N}`>;

type CountDigits<Text extends string, Done extends 0[] = []> = Text extends ""
  ? Done
  : Text extends `${infer Digit extends keyof Digits}${infer Rest}`
    ? CountDigits<Rest, [...Ten<Done>, ...Digits[Digit]]>
    : never;

/** A + B. */
export type Add<A extends number, B extends number> = [Count<A>] extends [never]
  ? number
  : [Count<B>] extends [never]
    ? number
    : [...Count<A>, ...Count<B>]["length"] & number;

/** A - B, `never` where that is negative. */
export type Sub<A extends number, B extends number> = [Count<A>] extends [never]
  ? number
  : [Count<B>] extends [never]
    ? number
    : Count<A> extends [...Count<B>, ...infer Rest]
      ? Rest["length"]
      : never;

/** A - B + 1, `never` where A < B: the places of a window of B among A elements. */
export type Places<A extends number, B extends number> = [Count<A>] extends [never]
  ? number
  : [Count<B>] extends [never]
    ? number
    : Count<A> extends [...Count<B>, ...infer Rest]
      ? [...Rest, 0]["length"] & number
      : never;

/** A / 2 rounded down, for any natural number: long division, since counting pairs is slow. */
export type Half<A extends number> = number extends A
  ? number
  : HalfDigits<`${A}`> extends infer Text
    ? Text extends `0${infer N extends number}`
      ? N
      : Text extends `${infer N extends number}`
        ? N
        : number
    : never;

type HalfDigits<
  Text extends string,
  Carry extends 0 | 1 = 0,
  Done extends string = "",
> = Text extends `${infer Digit extends keyof Digits}${infer Rest}`
  ? HalfDigits<Rest, Digit extends Odd ? 1 : 0, `${Done}${HalfOf[Carry][Digit]}`>
  : Text extends ""
    ? Done
    : ""; // a sign, a point or an exponent

type Odd = 1 | 3 | 5 | 7 | 9;

// Half of a digit, and of ten more than it.
type HalfOf = [
  { 0: 0; 1: 0; 2: 1; 3: 1; 4: 2; 5: 2; 6: 3; 7: 3; 8: 4; 9: 4 },
  { 0: 5; 1: 5; 2: 6; 3: 6; 4: 7; 5: 7; 6: 8; 7: 8; 8: 9; 9: 9 },
];
