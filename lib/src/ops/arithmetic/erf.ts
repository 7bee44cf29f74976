// The error function, which JavaScript's Math lacks, in double precision.

// erf by the rational functions of fdlibm's s_erf.c (Sun Microsystems, 1993), one for each stretch of
// the axis, their error below 2^-57; highest power first.

/** erf(x) = x + x P(x^2) / Q(x^2) below 0.84375. */
const NEAR = {
  p: [
    -2.3763016656650163e-5, -0.005770270296489442, -0.02848174957559851, -0.3250421072470015,
    0.12837916709551256,
  ],
  q: [
    -3.960228278775368e-6, 0.00013249473800432164, 0.005081306281875766, 0.0650222499887673,
    0.39791722395915535, 1,
  ],
};
/** erf(x) = ERF_1 + P(x - 1) / Q(x - 1) from there to 1.25; ERF_1 is erf(1) in few bits. */
const MIDDLE = {
  p: [
    -0.002166375594868791, 0.035478304325618236, -0.11089469428239668, 0.31834661990116175,
    -0.3722078760357013, 0.41485611868374833, -0.0023621185607526594,
  ],
  q: [
    0.011984499846799107, 0.01363708391202905, 0.12617121980876164, 0.07182865441419627,
    0.540397917702171, 0.10642088040084423, 1,
  ],
};
const ERF_1 = 0.8450629115104675;
/** 1 - erf(x) = exp(-x^2 - 0.5625 + P(1/x^2) / Q(1/x^2)) / x from there to 1 / 0.35. */
const FAR = {
  p: [
    -9.814329344169145, -81.2874355063066, -184.60509290671104, -162.39666946257347,
    -62.375332450326006, -10.558626225323291, -0.6938585727071818, -0.009864944034847148,
  ],
  q: [
    -0.0604244152148581, 6.570249770319282, 108.63500554177944, 429.00814002756783,
    645.3872717332679, 434.56587747522923, 137.65775414351904, 19.651271667439257, 1,
  ],
};
/** The same from there to 6, where erf is 1 to the last bit. */
const FARTHER = {
  p: [
    -483.5191916086514, -1025.0951316110772, -637.5664433683896, -160.63638485582192,
    -17.757954917754752, -0.799283237680523, -0.0098649429247001,
  ],
  q: [
    -22.44095244658582, 474.52854120695537, 2553.0504064331644, 3199.8582195085955,
    1536.729586084437, 325.7925129965739, 30.33806074348246, 1,
  ],
};

/** The error function, to less than one unit in the last place of a double. */
export function erfOf(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0)) return x; // 0, -0 and NaN
  if (size < 0.84375) return x + x * ratio(NEAR, x * x);
  return Math.sign(x) * erfAbove(size);
}

/** erf for 0.84375 and more. */
function erfAbove(x: number): number {
  if (x < 1.25) return ERF_1 + ratio(MIDDLE, x - 1);
  if (x >= 6) return 1;
  const curve = ratio(x < 1 / 0.35 ? FAR : FARTHER, 1 / (x * x));
  // x^2 = top^2 + (x - top)(x + top), where top^2 is exact, so that exp gets all bits of it.
  const top = Math.fround(x);
  return 1 - (Math.exp(-top * top - 0.5625) * Math.exp((top - x) * (top + x) + curve)) / x;
}

interface Ratio {
  readonly p: readonly number[];
  readonly q: readonly number[];
}

function ratio({ p, q }: Ratio, x: number): number {
  return horner(p, x) / horner(q, x);
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}
