// The words of the lesson `xor-net`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "A hidden layer solves exclusive or, mostly",
  question: "Does gradient descent find the solution that there is?",
  says: {
    ask: "One line cannot part exclusive or; two hidden units can draw two. A 2-2-1 network of sigmoid units starts with weights from N(0, 1) and learns by gradient descent on the cross-entropy, 2,000 steps at the rate 1.\n\nOf the starts of the seeds 0 to 5, how many end with the loss near 0?",
    trap: "Four of six. The starts of seed 0 and seed 4 end elsewhere: two rows are answered rightly, and the other two with one half each.\n\nA row answered rightly costs nearly 0, one answered with ½ costs ln 2 = 0.693. What is the mean loss in that trap?",
    out: "0.350 after 2,000 steps, on the way to ln 2 / 2 = 0.3466. Going on does not help: this is a local minimum at infinity, lower only where the weights grow without end.\n\nGet out of it: give the network another unit or another start, until all four rows are right and the loss is at most 0.01.",
  },
  names: {
    hidden: "hidden units",
    seed: "seed",
    steps: "steps of gradient descent",
    solved: "of the seeds 0 to 5, solved",
    right: "rows right, of 4",
    loss: "cross-entropy",
  },
  choices: { all: "all six", some: "some of them", none: "none" },
  goals: { out: "4 rows right, loss at most 0.01" },
  tables: {
    seeds: { caption: "Where six starts end", columns: ["seed", "loss"] },
    truth: { caption: "Exclusive or", columns: ["x₁", "x₂", "wanted", "answer"] },
  },
  spoken:
    "a is sigma of the sum over the hidden units of v times h, plus c; h is sigma of w 1 x 1 plus w 2 x 2 plus b; the cost is the cross-entropy",
  remark:
    "The slides say that the difficulty of such networks is the local minimum, and rightly. With three hidden units all six of these starts succeed: more units than a solution needs make traps rarer.",
};
