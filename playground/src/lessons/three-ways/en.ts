// The words of the lesson `three-ways`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Numerical, symbolic and automatic differentiation",
  question: "Three ways to a derivative: what does each cost?",
  says: {
    ask: "Symbolic differentiation makes an expression of an expression. Take the product x₁x₂…x₁₀. Its gradient, written out, is ten products, each of all the other factors.\n\nHow many factors are written in all?",
    numerical:
      "10 · 9 = 90. Automatic differentiation writes nothing out: it goes back through the nine multiplications, with two products at each, 18 in all, and finds the same ten numbers.\n\nNumerical differentiation takes (f(x + Δ) − f(x − Δ)) / 2Δ. The smaller Δ, the nearer the slope, until rounding takes over. For ∂σ(wx)/∂w at w = x = 1: of 10⁻¹, 10⁻², … 10⁻¹⁵, which Δ has the least error?",
    step: "10⁻⁵, with an error of 1.8·10⁻¹². At 10⁻¹⁵ the error is 0.025, an eighth of the slope itself: what the subtraction leaves is rounding.\n\nThe one-sided quotient (f(x + Δ) − f(x)) / Δ is less exact. Find a Δ at which its error is at most 10⁻⁸.",
  },
  names: {
    factors: "factors of the product",
    exponent: "n, where Δ = 10⁻ⁿ",
    written: "factors written out",
    automatic: "products of reverse mode",
    apart: "largest relative difference",
    delta: "Δ",
    error: "error",
    exact: "derivative",
    central: "central difference",
    forwardError: "error, one-sided",
    centralError: "error, central",
    forwardCurve: "one-sided",
    centralCurve: "central",
  },
  choices: { two: "10⁻²", five: "10⁻⁵", eight: "10⁻⁸", fifteen: "10⁻¹⁵" },
  goals: { step: "one-sided error at most 10⁻⁸" },
  spoken:
    "f prime of x is about f of x plus delta minus f of x, over delta; or f of x plus delta minus f of x minus delta, over two delta",
  remark:
    "The notes part symbolic from automatic differentiation by what they work on: an expression, or a program. That is right; what follows from it is the cost shown here.",
};
