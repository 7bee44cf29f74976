// The words of the lesson `feature-space`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Features, and a last logistic layer",
  question: "What is a hidden layer for?",
  says: {
    ask: "40 points near the corners of a square, of class 1 where exactly one coordinate is positive: exclusive or. No line parts them. A network is ŷ = g(φ(x)): φ, here two tanh units, gives each point two features; g, the last layer, is a logistic unit, which draws a straight line.\n\nAfter 1,000 steps of training: can a line part the classes in the space of the two features?",
    random:
      "It can, with 0.62 between the line and the nearest point. At the inputs no line does, nor in the features that the start has drawn. Look at both spaces: the border is bent over the inputs, straight over the features.\n\nNow only the last layer learns, on those first, random features. How many of the 40 does it get right?",
    wide: "21 of 40, little better than a coin: from features that mix the classes no last layer can part them. Learning features is what a network does and logistic regression does not.\n\nThe start of seed 1 ends in a local minimum with 82.5 % right. Find a start that parts the classes by a margin of at least 0.6.",
  },
  names: {
    learns: "what learns",
    both: "both layers",
    head: "the last layer alone",
    space: "space shown",
    input: "inputs",
    hidden: "features",
    seed: "seed",
    steps: "steps of gradient descent",
    right: "share of the 40 points right",
    inputMargin: "margin at the inputs (0: no line parts them)",
    marginBefore: "margin of the first features",
    margin: "margin of the features now",
  },
  choices: {
    yes: "yes",
    no: "no",
    all: "nearly all",
    most: "about three quarters",
    half: "about half",
  },
  goals: { wide: "margin at least 0.6" },
  spoken: "y hat is g of phi of x",
};
