// The words of the lesson `notation`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Notation of feed-forward networks",
  question: "How many layers has a network, and how many numbers are in it?",
  says: {
    ask: "A network for digits has 784 inputs, 30 hidden units and 10 outputs: 784-30-10. NNDL writes L for the number of its layers, and W⁽ˡ⁾, b⁽ˡ⁾ for what leads into layer l.\n\nWhat is L here, as NNDL counts?",
    count:
      "Two: NNDL counts the layers that compute, hidden ones and output; its inputs are a⁽⁰⁾ = x. Nielsen counts the inputs as layer 1, a¹ = x, and comes to three. The notation chosen above changes the formulas of these pages accordingly.\n\nW⁽ˡ⁾ has a row for each unit of layer l and a column for each of the layer below. How many weights and biases has 784-30-10 in all?",
    deeper:
      "784 × 30 + 30 + 30 × 10 + 10 = 23,860. Nearly all are in the first matrix.\n\nMake the network deeper and yet smaller: L of at least 4 as NNDL counts, with at most 20,000 parameters.",
  },
  names: {
    hidden: "hidden layers",
    units: "units in each",
    nndl: "layers as NNDL counts",
    nielsen: "layers as Nielsen counts",
    parameters: "parameters",
  },
  choices: { one: "1", two: "2", three: "3" },
  goals: { deeper: "L at least 4, parameters at most 20,000" },
  tables: {
    layers: {
      caption: "Layer by layer",
      columns: ["l (NNDL)", "l (Nielsen)", "units", "shape of W", "size of b", "parameters"],
    },
  },
  spoken: "z of layer l is W of layer l times a of the layer below plus b of layer l; a is f of z",
  remark:
    "The steps of backpropagation in the notes leave out + bˡ in zˡ = wˡaˡ⁻¹ + bˡ, and write ∂ for σ in aˡ = σ(zˡ).",
};
