// Terms of pages and controls for "what is this?": those of the subject are in terms.ts.

import type { Term } from "../term.ts";

export const controlTerms = {
  pageStart: {
    name: "start page",
    says: "Where one begins: a network that learns exclusive or, and the ways to everything else.",
  },
  pageLessons: {
    name: "lessons",
    says: "One lesson for each subject of the notes: a question, your prediction, then the run that settles it.",
  },
  pageNetwork: {
    name: "network page",
    says: "A network of your own on data of your own: build it, train it, look into it, go back in time.",
  },
  pageBackprop: {
    name: "backpropagation page",
    says: "A formula or a network as a graph of ops, walked forwards and backwards, one op at a time.",
  },
  pageCurves: {
    name: "curves and surfaces",
    says: "Activation functions, losses and loss surfaces, with value and slope wherever you point.",
  },
  pageMap: {
    name: "map of the notes",
    says: "Every section of the notes, and the lesson, page or command where it comes alive.",
  },
  theme: {
    name: "theme",
    says: "Dark letters on light or light ones on dark, or as the device has it.",
  },
  menu: { name: "menu", says: "What is seldom needed: notation, theme, sharing." },
  undo: {
    name: "undo and redo",
    says: "Takes back the last change of settings, or makes it again. Weights that training has changed are gone back to on the timeline instead.",
  },
  whatIsThis: {
    name: "what is this?",
    says: "Explains the next thing that you tap, or what has the focus when you press ?.",
  },
  restartSame: {
    name: "start again, same weights",
    says: "Back to step 0 with the weights of this seed: the same training once more, to the last bit.",
  },
  restartNew: {
    name: "start again, new weights",
    says: "Back to step 0 with the next seed: other weights, and perhaps another end.",
  },
  stepBack: {
    name: "step back",
    says: "Undoes the last step of training: the weights are again what they were, to the last bit.",
  },
  stepOn: { name: "step on", says: "Trains one step, of the size that is chosen beside it." },
  stepUnit: {
    name: "size of a step",
    says: "What one step goes over: an op of one example, an example, a minibatch with its update, or all examples once.",
  },
  speed: {
    name: "speed",
    says: "How fast it plays: so many steps a second, an epoch a picture, or as fast as it can.",
  },
  present: { name: "presenting", says: "Larger letters and only what belongs on a projector." },
  diagnosis: {
    name: "diagnosis",
    says: "Looks at the run for dead units, saturation, gradients that vanish and rates that are too large, and offers remedies.",
  },
  hiddenLayer: {
    name: "hidden layer",
    says: "Units between inputs and outputs: what they give is what the next layer learns from.",
    book: "NNDL 4.3",
  },
  shelf: {
    name: "shelf of runs",
    says: "Runs that you keep, to compare them, to open them again, and to race settings against each other.",
  },
  csvTable: {
    name: "table (CSV)",
    says: "Examples out of a file or the clipboard: two or more columns, one of them the target.",
  },
  shuffle: {
    name: "order of the examples",
    says: "Whether examples are put into a new order, by the seed, before each epoch.",
    book: "NNDL algorithm 4.1",
  },
  tableAlternative: {
    name: "table",
    says: "The numbers behind the picture, for those who do not see it or want to copy them.",
  },
  mapPointer: {
    name: "pointer",
    says: "The place of the map whose value, gradient and Hessian are shown; tap the map, drag, use the arrow keys or type.",
  },
  startPoint: {
    name: "starting point",
    says: "Where descent begins. Another start can end in another valley.",
    book: "NNDL 7.3",
  },
  descentPath: {
    name: "path of an optimizer",
    says: "The places that an optimizer goes through, step by step, computed by the library.",
    book: "NNDL 7.2",
  },
  criticalPoint: {
    name: "critical point",
    says: "Where the gradient is 0: a minimum, a maximum or a saddle, as the eigenvalues of the Hessian say.",
    book: "NNDL 7.1",
  },
  lessonSteps: {
    name: "steps of a lesson",
    says: "Each step is a state of its own: going back puts everything as it was.",
  },
  lessonLink: {
    name: "link to this step",
    says: "Copies an address that opens this step with the values that you have set.",
  },
  lessonResult: {
    name: "what the program gives",
    says: "Numbers and pictures that the program of the lesson gives for the values that are set.",
  },
  expression: {
    name: "expression",
    says: "A formula in names and numbers, as in w*x + b, or the loss of the network for one example.",
  },
  expressionInputs: {
    name: "inputs of the expression",
    says: "The numbers that the names stand for: where value and derivatives are taken.",
  },
  walkBar: {
    name: "walk through the graph",
    says: "One op a press: first forwards to the values, then backwards to the derivatives. A presenter’s clicker does it too.",
    book: "NNDL 4.5",
  },
} satisfies Readonly<Record<string, Term>>;
