// The start page.

export const start = {
  title: "See a network think",
  lead: "A network of three units learns “exclusive or”, here and now, in your browser. Every number on these pages is computed as you watch: none is made up.",
  live: "XOR, live",
  liveHint: "Two inputs, two hidden units, one output. Press play, or step.",
  regionTitle: "What the network answers",
  regionSays: "Orange is 0, blue is 1. Both corners of a colour must be right.",
  curveTitle: "Loss over the epochs",
  netTitle: "The network and its weights",
  netSays: (rows: string) => `Weights and biases: ${rows}`,
  input: "x",
  doors: "Doors",
  learnTitle: "Learn",
  learnSays: "Lessons along the notes: a question, your prediction, then the run that settles it.",
  experimentTitle: "Experiment",
  experimentSays:
    "Build a network of your own, on your own points. Go back in time when it surprises you.",
  unfoldTitle: "Look inside",
  unfoldSays: "Walk backpropagation op by op, with the numbers of the books.",
  curvesTitle: "Curves and surfaces",
  curvesSays: "Activation functions, losses, and the landscape that training descends.",
  mapTitle: "The map",
  mapSays: "Which section of the notes is where.",
  privacy:
    "No account, no server, nothing is sent anywhere. What this tab has loaded goes on working without a network connection; a page that was not opened yet has to be fetched first.",
};
