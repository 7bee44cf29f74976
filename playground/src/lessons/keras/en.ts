// The words of the lesson `keras`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "30 seconds to Keras, and three steps",
  question: "How little code does a network take?",
  says: {
    ask: "The slides quote Keras's snippet: Dense of 64 units on 100 inputs, ReLU, Dense of 10, softmax; compile; fit for 5 epochs in batches of 32; evaluate. The program below is the same, line by line, in this library, on points about ten centers in 100 dimensions.\n\nThe three steps: a model (a set of functions), a loss (how good is one), an optimizer (find the best).\n\nHow many parameters does the model have?",
    more: "100 · 64 + 64 + 64 · 10 + 10 = 7,114. After 5 epochs 86.2 % of 500 unseen points are right.\n\nAfter one epoch it was 34.6 %. Let the network learn longer, or by another optimizer, until it has 90 % right.",
  },
  names: {
    hidden: "hidden units",
    optimizer: "optimizer",
    sgd: "sgd",
    adam: "adam",
    epochs: "epochs",
    epoch: "epoch",
    share: "right",
    parameters: "parameters",
    loss: "loss on the test set",
    accuracy: "accuracy on the test set",
    accuracyCurve: "right of the training set",
  },
  goals: { more: "accuracy at least 0.9 on the test set" },
  spoken: "a is softmax of W 2 times ReLU of W 1 x plus b 1, plus b 2",
  remark: "The snippet is in Keras 1: output_dim is units today, and nb_epoch is epochs.",
};
