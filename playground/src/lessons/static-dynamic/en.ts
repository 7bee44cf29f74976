// The words of the lesson `static-dynamic`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Static and dynamic graphs",
  question: "Is the graph there before the numbers, or does it come with them?",
  says: {
    ask: "A dynamic graph is made while the program runs, op by op. A static graph is made once, before any number is known, and then run many times: here by compile().\n\nThe program takes a step of gradient descent with one rate if (loss > 1), and another rate otherwise, by an if of the language. Which of the two can do that?",
    gain: "The dynamic one alone. The static one is traced without numbers: loss.item() has nothing to give, and compile() refuses with a sentence that says so.\n\nWhat is it good for, then? A step without the if, forward pass, derivative and update, is a graph of 30 nodes. Into how many kernels, each one loop over memory, does the compiler make them?",
    op: "One. What is known as a whole can be optimised as a whole; op by op, each of the nodes would be a call with an array of its own.\n\nA static graph can branch too, if the branch is an op: cond(loss > 1, large, small) holds both. Choose a way that is compiled, runs, and ends where the dynamic one ends.",
  },
  names: {
    way: "way",
    dynamic: "dynamic, with if",
    static: "static, with if",
    cond: "static, with cond",
    w: "w at the start",
    steps: "steps",
    works: "runs (1) or is refused (0)",
    compiled: "compiled (1) or not (0)",
    end: "w at the end",
    difference: "distance from the dynamic one",
    nodes: "nodes of the graph",
    kernels: "kernels",
  },
  choices: { dynamic: "the dynamic one alone", static: "the static one alone", both: "both" },
  goals: { op: "compiled, runs, and the same to 10⁻¹²" },
  tables: {
    ways: {
      caption: "Does it run?",
      columns: ["1 yes, 0 no"],
      rows: ["dynamic, with if", "static, with if", "static, with cond"],
    },
  },
  spoken:
    "w goes down by the rate times the derivative of the loss by w; the rate is one where the loss is above 1, and another elsewhere",
  remark:
    "“TensorFlow is static” was true before 2.0; since then it runs op by op unless told otherwise. PyTorch, dynamic, can compile today. Theano, DyNet and Chainer are no longer developed.",
};
