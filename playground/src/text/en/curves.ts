// Curves and surfaces.

export const curves = {
  title: "Curves and surfaces",
  lead: "Activation functions, losses, and the landscape of training.",
  tabsLabel: "Parts of this page",
  tabs: {
    activations: "Activations",
    losses: "Losses",
    softmax: "Softmax",
    landscapes: "Landscapes",
    differences: "Difference quotients",
  },
  tabLeads: {
    activations:
      "Drag the point, or use the arrow keys. The tangent has the slope that backpropagation multiplies by.",
    losses: "What a loss charges for a prediction, and how hard it pushes: its slope.",
    softmax: "Move one net input, and watch all probabilities: they always add up to 1.",
    landscapes:
      "A loss over two weights. Drag the starts A, B; every optimizer's way is computed anew as you do.",
    differences:
      "A derivative without calculus: two values and a small step. Why not as small as can be?",
  },
  computing: "Computing …",
  nothing: "nothing",
  and: " and ",
  function: "Function",
  compareWith: "Compare with",
  netInputZ: "Net input z",
  options: {
    alpha: "α: slope or depth left of 0",
    slope: "slope s in the middle (Keras 1/6, NNDL 1/4)",
    beta: "β (0: half the line, large: ReLU)",
    pieces: "pieces K",
  },
  activations: {
    sigmoid: "sigmoid (logistic)",
    tanh: "tanh",
    relu: "ReLU",
    leakyRelu: "Leaky ReLU",
    elu: "ELU",
    softplus: "Softplus",
    silu: "Swish (SiLU)",
    gelu: "GELU",
    maxout: "Maxout",
    step: "step (perceptron)",
    linear: "linear (none)",
    hardSigmoid: "hard sigmoid",
    hardTanh: "hard tanh",
    relu6: "ReLU6",
    celu: "CELU",
    selu: "SELU",
    softsign: "softsign",
    logSigmoid: "log sigmoid",
    geluTanh: "GELU by tanh",
    hardSilu: "hard swish",
    mish: "Mish",
    sin: "sine",
  },
  valueTitle: "The function f(z)",
  slopeTitle: "Its derivative f′(z)",
  valueLabel: (names: string) => `${names} over the net input`,
  slopeLabel: (names: string) => `The derivative of ${names} over the net input`,
  tableOf: (names: string) => `Numbers of ${names}`,
  kinkSays: (name: string, z: string, isJump: boolean) =>
    `${name} at z = ${z}: ${isJump ? "a jump" : "a corner"}, not differentiable here`,
  formulaSpoken: (value: string, slope: string) => `f of z is ${value}; its derivative is ${slope}`,
  pointSpoken: (z: string, a: string, slope: string) =>
    `At z = ${z}: f is ${a}, its derivative ${slope}`,
  smooth: "Differentiable everywhere.",
  cornerAt: (z: string, left: string, right: string, taken: string) =>
    `Not differentiable at z = ${z}: slope ${left} from the left, ${right} from the right. The library takes ${taken}.`,
  jumpAt: (z: string, left: string, right: string, taken: string) =>
    `Not even continuous at z = ${z}: from ${left} to ${right}. The library takes the slope ${taken}.`,
  flatEverywhere: "The slope is 0 everywhere: nothing can be learnt through it.",
  saturatedIn: (flat: string, where: string) =>
    `Saturated, |f′| < ${flat}: ${where} (marked on the axis).`,
  float32Zero: (left: string | null, right: string | null) =>
    `In float32 the slope is exactly 0 ${[
      ...(left === null ? [] : [`from z = ${left} to the left`]),
      ...(right === null ? [] : [`from z = ${right} to the right`]),
    ].join(" and ")}.`,
  remarks: {
    sigmoid:
      "Its slope is never above 1/4, so that each layer makes a gradient at least four times smaller.",
    tanh: "tanh z = 2σ(2z) − 1: the same curve, zero-centred and steeper. Its slope is 1 at 0.",
    relu: "A unit whose net input is below 0 for every example has slope 0 for all of them: it is dead.",
    leakyRelu: "Left of 0 a little slope is left, so that no unit dies.",
    elu: "With α = 1 there is no corner; with any other α there is.",
    softplus: "A smooth ReLU, whose slope is the sigmoid.",
    silu: "It dips below 0, so it is not monotone, and learns well all the same.",
    gelu: "z times the probability that a normal number is below z.",
    maxout: "The largest of K straight lines, which are learnt. Here they touch the parabola z²/2.",
    step: "The perceptron's: a small change of a weight changes nothing, or everything.",
    sin: "Not monotone, and periodic: many net inputs give the same value.",
    linear: "Layers without an activation function collapse into a single linear one.",
  },

  lossOf: "As a function of",
  lossModes: {
    output: "the output a of a sigmoid",
    netInput: "the net input z before the sigmoid",
    value: "a value a (regression)",
  },
  targetY: "Target y",
  predictionAt: (name: string) => `Prediction ${name}`,
  lossesDrawn: "Losses",
  huberDelta: "Huber's δ",
  losses: {
    quadratic: "½ squared error",
    meanSquaredError: "MSE",
    meanAbsoluteError: "absolute error",
    crossEntropy: "cross-entropy",
    huber: "Huber",
    hinge: "hinge",
  },
  lossSources: {
    quadratic: "Nielsen’s quadratic cost, Mazur, NNDL",
    meanSquaredError: "Keras, PyTorch: no ½, mean over outputs",
    meanAbsoluteError: "mean over outputs",
    crossEntropy: "sum over outputs; Keras takes the mean",
    huber: "½ squared near, straight far away",
    hinge: "support vector machines; of z, no sigmoid",
  },
  lossSpoken: {
    quadratic: "Half of a minus y squared; slope a minus y",
    meanSquaredError: "The mean of a minus y squared; slope two n-ths of a minus y",
    meanAbsoluteError: "The mean of the absolute value of a minus y; slope its sign over n",
    crossEntropy:
      "Minus y log a minus 1 minus y log 1 minus a; slope a minus y over a times 1 minus a",
    huber: "Half of a minus y squared up to delta, beyond it the straight line of the same slope",
    hinge: "The larger of 0 and 1 minus t z, where t is 2 y minus 1; slope minus t or 0",
  },
  lossTitle: "The loss",
  lossSlopeTitle: (x: string) => `Its slope by ${x}`,
  lossLabel: (names: string, x: string) => `${names} over ${x}`,
  lossSlopeLabel: (names: string, x: string) => `The slopes of ${names} by ${x}`,
  lossesAt: (x: string, value: string) => `At ${x} = ${value}`,
  lossName: "Loss",
  formula: "Formula",
  crossCancels:
    "The derivative of the sigmoid cancels: the surer the wrong answer, the harder the push, however saturated the unit is.",
  squareStays:
    "The derivative of the sigmoid stays: a saturated unit hardly learns, even where it is quite wrong.",
  float32Loss: (direct: string, byWay: string) =>
    `Computed from the net input, as the library trains: ∂L/∂z = ${direct}. By way of the output a, rounded to float32: ${byWay}. Far out, the second loses its slope: try z = 20 with y = 0.`,
  lossRemarks: {
    output:
      "Cross-entropy goes to infinity where a sure answer is wrong; the squared error never charges more than ½ or 1.",
    netInput:
      "Only the output layer’s σ′ cancels; hidden layers keep theirs. And a − y is small where the answer is right: then little is left to learn.",
    value:
      "½(y − a)² and MSE differ by a factor of 2 and by a mean over outputs. A learning rate for one is half or double that for the other.",
  },

  rightClass: "Right class",
  classNumber: (i: number) => `class ${i}`,
  raiseFirst: "Raise z₁ by 1",
  addFive: "Add 5 to all",
  softmaxSpoken:
    "a i is e to the z i over the sum of all e to the z j; the loss is minus the log of the right class's a; its derivative by z i is a i minus y i",
  softmaxTable: "Net inputs, probabilities and the gradient",
  classColumn: "class",
  softmaxSums: (sum: string, loss: string) =>
    `Σ a = ${sum}. Loss −ln a of the right class: ${loss}.`,
  softmaxOfTwo: (z: string, sigmoid: string) =>
    `Of two classes alone, softmax is the sigmoid: σ(z₁ − z₂) = σ(${z}) = ${sigmoid}.`,
  softmaxRemark:
    "Raising one net input lowers all other probabilities in the same proportion. Adding a number to all changes nothing. The gradient a − y adds up to 0: what one class gains, the others lose.",
  barsLabel: (said: string) =>
    `Probabilities: ${said}. Arrows say which way descent pushes each net input.`,
  jacobianTitle: "The Jacobian ∂a/∂z",
  jacobianCaption: "∂aᵢ/∂zⱼ = aᵢ (1 − aᵢ) on the diagonal, −aᵢ aⱼ beside it",

  functionOfX: "A function of one variable",
  differencesSpoken:
    "The derivative is about f of x plus delta minus f of x, over delta; or f of x plus delta minus f of x minus delta, over two delta",
  forwardDifference: "forward",
  centralDifference: "central",
  error: "error",
  differencesLabel: "Error of the difference quotient over the step Δ",
  differencesSays: (exact: string, forward: string, central: string) =>
    `Automatic differentiation gives ${exact}. The least error is at Δ = ${forward} (forward) and ${central} (central): to the right the curve of the function errs, to the left rounding does. Forward errors fall like Δ, central ones like Δ².`,

  landscape: "Landscape",
  landscapes: {
    figureCross: "NNDL 4.9: cross-entropy",
    figureSquare: "NNDL 4.9: squared error",
    bowl: "a bowl",
    ravine: "a ravine (zigzag)",
    saddle: "a saddle",
    rosenbrock: "Rosenbrock’s valley",
    mazur: "Mazur: the error over w5, w6",
    xorWay: "XOR net: the plane of its training",
    xorRandom: "XOR net: two random directions",
    xorWeights: "XOR net: two of its weights",
    own: "your own formula",
  },
  landscapeSays: {
    figureCross:
      "One example, x = 1 with target 1. The loss is unbounded where w₂ is far below 0, so a bad start is left quickly.",
    figureSquare:
      "The same network under the squared error: a plateau near 1, bounded, where nothing pushes. Compare the ways from B.",
    bowl: "C = v₁² + v₂². From (1, 1) with rate 0.01, C falls by 0.08 to first order. Try rate 1: it leaps to the other side for ever. Beyond 1 it climbs.",
    ravine:
      "Two hundred times steeper across than along. The largest rate that the steep side bears is slow along the floor; momentum helps.",
    saddle:
      "At (0, 0) the gradient is 0, and it is no minimum. Started beside the ridge, descent lingers, then leaves.",
    rosenbrock:
      "A bent valley with its minimum at (1, 1). Into the valley is easy, along it is not.",
    mazur:
      "Mazur’s error as w5 and w6 change, all other weights as he begins. His start is the point (0.4, 0.45).",
    xorWay:
      "The start page’s network, trained for 600 steps: the plane (c1, c2) in which most of its way lies, and the way itself. The end is at (0, 0).",
    xorRandom:
      "The same network in two random directions c1 and c2, scaled unit by unit. Its training shows next to nothing of itself here: a plane is not the space.",
    xorWeights:
      "The same network along two weights into its first hidden unit, all others as trained.",
    own: "Any formula of two variables, with exp, log, sin, tanh, sigmoid, max, |x| and so on.",
  },
  figure49Spoken:
    "y is sigma of w 2 sigma of w 1 x, with x equal to 1; the loss is 1 minus y squared, or minus log y",
  functionOfTwo: "A formula of two variables",
  tapMoves: "A tap on the map moves",
  thePointer: "the pointer",
  startName: (name: string) => `start ${name}`,
  closer: "Closer",
  wider: "Wider",
  reset: "As it was",
  contourLabel: (name: string, axes: string) => `${name}, from above, over ${axes}`,
  surfaceLabel: (name: string) => `${name}, in space`,
  heightsOf: (name: string) => `Heights: ${name}`,
  notFinite: (count: number) => `${count} heights of this grid are not finite.`,
  atPointer: "At the pointer",
  pointNotFinite: "Here the function or a derivative is not finite.",
  value: "Loss L",
  gradient: "Gradient",
  hessian: "Hessian",
  eigenvalues: "Eigenvalues",
  along: (direction: string) => `along (${direction})`,
  bendTitle: "It bends",
  bends: {
    minimum: "up in all directions, as at a minimum",
    maximum: "down in all directions, as at a maximum",
    saddle: "up and down, as at a saddle: not convex",
    flat: "not at all in some direction",
  },
  largestRate: "Rate that is too large",
  rateIs: (rate: string) =>
    `beyond η = 2/λ = ${rate} gradient descent swings higher and higher, as far as it bends like here`,
  noLargestRate: "none: it bends down everywhere here",
  starts: "Starts",
  start: "Start",
  startCoordinate: (name: string, axis: string) => `Start ${name}: ${axis}`,
  addStart: "One more",
  removeStart: "One less",
  runners: "Optimizers and learning rates",
  optimizer: "Optimizer",
  optimizerNumber: (i: number) => `Optimizer ${i}`,
  drawRunner: (name: string) => `Draw the ways of ${name}`,
  rateOf: (name: string) => `Learning rate of ${name}`,
  optimizers: {
    sgd: "gradient descent",
    momentum: "momentum 0.9",
    nesterov: "Nesterov 0.9",
    adagrad: "AdaGrad",
    adadelta: "AdaDelta",
    rmsProp: "RMSprop",
    adam: "Adam",
    nadam: "Nadam",
    lion: "Lion",
  },
  steps: "Steps",
  step: "Step",
  stepsShown: "Steps drawn",
  waysTitle: "Where the ways have come to",
  trainingWay: "the training itself",
  remark: "Remark",
  lostAt: (step: number) => `flew off: not finite from step ${step} on`,
  fell: (how: "higher" | "lower" | "same") =>
    ({
      higher: "higher than its start",
      lower: "lower than its start",
      same: "as high as its start",
    })[how],
  criticalTitle: "Critical points",
  noCriticalPoint:
    "This surface has no critical point at all: ∂L/∂w₂ of −ln y is −(1 − y) σ(w₁), which is never 0. At (0, 0) the Hessian has eigenvalues of both signs, so it is not convex; but (0, 0) is no saddle point, since the gradient is not 0 there.",
  searchCritical: "Search for critical points in this window",
  criticalFound: (found: number, searches: number, ranOff: number) =>
    found === 0
      ? `None found in ${searches} searches; ${ranOff} of them ran off to where it grows ever flatter.`
      : `${found} found in ${searches} searches: ▼ minimum, ▲ maximum, ✕ saddle.`,
};
