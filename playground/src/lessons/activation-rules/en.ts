// The words of the lesson `activation-rules`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Must it be differentiable, must it be monotone?",
  question: "Which rules for activation functions does learning really need?",
  says: {
    ask: "The notes ask of an activation function that it bends, that it can be differentiated, and that it is monotone. Two break the rules: sin goes up and down for ever, and the step of the perceptron has slope 0 everywhere but at its jump.\n\nA 2-6-1 network with each of them in the hidden layer learns to tell points whose coordinates have the same sign from those that have not: exclusive or with real numbers. With which of the two does it get 95 % of unseen points right?",
    sine: "sin learns it as well as ReLU and tanh. So monotone is not needed: backpropagation asks for a slope, not for its sign. With the step no error comes through: the weights of the hidden layer stay where they began, |ΔW| = 0 exactly, and only the last layer learns on features drawn at random.\n\nThe picture shows the network with the step. Choose an activation, and run: at least 98 % of the unseen points.",
  },
  names: {
    activation: "activation of the hidden layer",
    relu: "ReLU",
    tanh: "tanh",
    sin: "sin",
    step: "step",
    seed: "seed of the weights",
    steps: "steps of gradient descent",
    right: "share of unseen points that is right",
    moved: "|ΔW| of the hidden layer",
    learners: "learners",
  },
  choices: {
    both: "with both",
    sin: "with sin alone",
    step: "with the step alone",
    neither: "with neither",
  },
  goals: { sine: "98 % of the unseen points" },
  tables: {
    all: {
      caption: "All four with the same first weights",
      columns: ["right", "|ΔW| of the hidden layer"],
      rows: ["ReLU", "tanh", "sin", "step"],
    },
  },
  spoken: "the derivative of C by w is the derivative of C by a, times f prime of z, times x",
  remark:
    "“Must be differentiable” is too strict: the lecture allows a few points without derivative, as ReLU has one. What is needed is a slope that is not 0 nearly everywhere. “Monotone”, to which the lecture itself puts three question marks, is not needed.",
};
