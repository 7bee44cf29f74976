// The words of the lesson `jacobians`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Three partial derivatives as matrices",
  question: "Backpropagation needs three derivatives of a layer. What do they look like?",
  says: {
    ask: "A layer of two units on three inputs computes z = Wa + b, with W = (0.5, −1, 2; 1, 0.25, −0.5) and a = (0.2, 0.5, 1). The derivative of a vector by a vector is a matrix, the Jacobian: a row for each output, a column for each input.\n\nWhat is ∂z/∂b?",
    slopes:
      "The identity matrix: each bias moves its own net input, one to one. And ∂z/∂a is W itself, which sends errors back as Wᵀ.\n\nThe activation works on each unit alone, so that ∂a/∂z = diag(σ′(z)): zeros beside the diagonal. For z = (0, 2) the first entry is 0.25. How large is σ′(2)?",
    shrink:
      "0.10499. In δ⁽ˡ⁾ = diag(f′(z)) Wᵀ δ⁽ˡ⁺¹⁾ this matrix is what makes gradients shrink.\n\nChoose net inputs with which the first unit lets at most 1 % of its error through, the second at least 20 %.",
    weight:
      "The third derivative is by a single weight wᵢⱼ. It touches zᵢ alone, and so ∂z/∂wᵢⱼ is 0 but in place i, where it is aⱼ: the book writes 𝕀ᵢ(aⱼ). With δ = (0.3, −0.2) it leaves one product, ∂L/∂wᵢⱼ = δᵢaⱼ; all of them together are δaᵀ.\n\nFind the weight whose derivative is −0.15 or less.",
  },
  names: {
    z1: "z₁",
    z2: "z₂",
    i: "row i of W",
    j: "column j of W",
    s1: "σ′(z₁)",
    s2: "σ′(z₂)",
    inner: "𝕀ᵢ(aⱼ)ᵀ δ",
    product: "δᵢ aⱼ",
    byRule: "∂L/∂wᵢⱼ by automatic differentiation",
    axes: "axes",
    offIdentity: "distance from I",
  },
  choices: {
    number: "a number",
    vector: "a vector of two ones",
    identity: "the identity matrix",
    weights: "the matrix W",
  },
  goals: { shrink: "σ′(z₁) at most 0.01, σ′(z₂) at least 0.2", weight: "∂L/∂wᵢⱼ at most −0.15" },
  tables: {
    byBias: { caption: "∂z/∂b", columns: ["b₁", "b₂"], rows: ["z₁", "z₂"] },
    byInput: { caption: "∂z/∂a", columns: ["a₁", "a₂", "a₃"], rows: ["z₁", "z₂"] },
    byNetInput: { caption: "∂σ(z)/∂z", columns: ["z₁", "z₂"], rows: ["σ(z₁)", "σ(z₂)"] },
    byOneWeight: {
      caption: "∂z/∂wᵢⱼ beside δ",
      columns: ["unit 1", "unit 2"],
      rows: ["∂z/∂wᵢⱼ", "δ"],
    },
  },
  spoken:
    "delta of layer l is diag of f prime of z, times W of the next layer transposed, times delta of the next layer",
  remark:
    "The lecture's slide multiplies the vector 𝕀ᵢ(aⱼ) by the number δᵢ. It is the inner product 𝕀ᵢ(aⱼ)ᵀδ, as the book has it in (4.61), which comes to δᵢaⱼ.",
};
