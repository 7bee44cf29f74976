// The words of the lesson `xor-net`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "A network for exclusive or",
  question: "How many hidden units does exclusive or need?",
  says: {
    ask: "One perceptron draws one line, and no line parts the corners of exclusive or. How many hidden units does it take?",
    run: "Train the network with two hidden units until all four rows are right.",
  },
  choices: { one: "one", two: "two", three: "three" },
};
