/** Every function of `neurite/inspect` called once, with what it gives: for a page, and for Node beside it. */
import { graphOf, NumberError, Tensor, tensor } from "neurite";
import { gaussians } from "neurite/data";
import { tableOf } from "neurite/data/tables";
import * as inspect from "neurite/inspect";
import { activationOf, conv2d, dense, flatten, maxPool2d } from "neurite/nn";
import { parseRunSpec } from "neurite/spec";
import { modelOf, sequential } from "neurite/train";

/** By name of a function: the first numbers of what it gives. */
export type Looks = Readonly<Record<string, readonly number[]>>;

const ENOUGH = 60;

/** Numbers in whatever is plain, in order. */
function numbersIn(value: unknown, found: number[] = []): number[] {
  if (found.length >= ENOUGH) return found;
  if (typeof value === "number") found.push(value);
  else if (value instanceof Tensor) numbersIn(value.data, found);
  else if (value instanceof Map || Array.isArray(value) || ArrayBuffer.isView(value)) {
    const members = (value as unknown as { values(): Iterable<unknown> }).values();
    for (const member of members) numbersIn(member, found);
  } else if (value && Object.getPrototypeOf(value) === Object.prototype) {
    for (const member of Object.values(value)) numbersIn(member, found);
  }
  return found;
}

const points = gaussians({ samples: 40, noise: 0.1, seed: 1, testFraction: 0.5 });

function planeModel() {
  return sequential([
    dense(3, { activation: "tanh", inputShape: [2] }),
    dense(1, { activation: "sigmoid" }),
  ])
    .with({ seed: 2 })
    .compile({ loss: "binaryCrossentropy", optimizer: { name: "sgd", learningRate: 0.5 } });
}

function pictureModel() {
  return sequential([
    conv2d(2, 3, { activation: "relu", inputShape: [8, 8, 1] }),
    maxPool2d(2),
    flatten(),
    dense(3, { activation: "softmax" }),
  ])
    .with({ seed: 3 })
    .compile({ loss: "crossEntropy", optimizer: "sgd" });
}

function pictures() {
  const x = Float32Array.from({ length: 4 * 64 }, (_, i) => ((i * 37) % 101) / 101);
  const labels = Int32Array.from([0, 1, 2, 1]);
  return {
    x: { dtype: "float32", shape: [4, 8, 8, 1], data: x },
    y: { dtype: "int32", shape: [4], data: labels },
  } as const;
}

function ofExpressions() {
  const text = "1/(exp(-(w*x+b))+1)";
  const at = { w: 0.5, x: 1, b: -0.25 };
  const expression = inspect.parseExpression(text);
  const computation = inspect.computationOf(expression, at);
  const [pass] = inspect.reversePasses(computation);
  const graph = graphOf((v: Tensor) => v.tanh().mul(v).sum(), [tensor([0.5, -1])]);
  const inputs = [{ dtype: "float32", shape: [2], data: Float32Array.of(0.5, -1) }] as const;
  return {
    parseExpression: expression,
    computationOf: computation,
    expressionGraph: inspect.expressionGraph(expression).nodes.length,
    expressionFunction: inspect.expressionFunction(expression)([0.5, 1, -0.25]),
    expressionTensors: inspect.expressionTensors(expression)([0.5, 1, -0.25].map((v) => tensor(v))),
    explainExpression: inspect.explainExpression(text, at).jacobian,
    expressionDifferences: inspect.expressionDifferences(expression, at, "w", "f").rows.slice(0, 5),
    differencesOf: inspect.differencesOf(Math.exp, 1, Math.E).rows.slice(0, 5),
    forwardPasses: inspect.forwardPasses(computation),
    reversePasses: [pass],
    jacobianOf: inspect.jacobianOf(computation),
    knownAfter: inspect.knownAfter(computation, pass!, 3),
    pathsBetween: inspect.pathsBetween(computation, "w", "f"),
    annotate: inspect.annotate(graph, inputs).values.size,
    edgesOf: inspect.edgesOf(graph, inputs, { gradients: true }).gradients,
    localJacobians: inspect.localJacobians(graph, inputs),
  };
}

async function ofModels() {
  const { x, y } = points.train;
  const model = planeModel();
  const found = inspect.backpropagationOf(model, x, y);
  const equations = inspect.equationsOf(model, x, y);
  const predictions = await inspect.predictionsOf(model, x);
  const flow = inspect.gradientFlow({ model, x, y, every: 1 });
  await model.fit(x, y, { epochs: 2, batchSize: 10, shuffle: false, callbacks: [flow] });
  const window = inspect.windowOf(points.train, points.test);
  const surface = await inspect.decisionSurfaceOf(model, window, 5);
  return {
    backpropagationOf: found,
    equationsOf: equations,
    deviationOf: inspect.deviationOf(equations, found) < 1e-4 ? 1 : 0,
    partialDerivativesOf: inspect.partialDerivativesOf(equations, 1),
    predictionsOf: predictions,
    evaluationOf: await inspect.evaluationOf(model, x, y),
    outputShares: inspect.outputShares(model, tensor([[0.25], [0.5]])),
    probabilitiesOf: inspect.probabilitiesOf(predictions, 0),
    labelsOf: inspect.labelsOf(points.train),
    classReport: inspect.classReport(points.train, predictions),
    mistakesOf: inspect.mistakesOf(points.train, predictions).length,
    calibrationOf: inspect.calibrationOf(points.train, predictions, { bins: 4 }),
    residualsOf: inspect.residualsOf(Array.from(y.data), predictions.values, { worst: 2 }),
    permutationImportance: await inspect.permutationImportance(
      x,
      (rows) => (rows.data as Float32Array).reduce((sum, v, i) => sum + v * Math.sin(i), 0),
      { repeats: 2, seed: 1 },
    ),
    gradientFlow: flow.rows.length,
    flowRowsOf: (inspect.flowRowsOf({ gradientFlow: flow.save?.() ?? null }) ?? []).length,
    statisticsOf: inspect.statisticsOf(found),
    steepestOf: inspect.steepestOf(activationOf("sigmoid")),
    angleOf: inspect.angleOf([1, 0], [1, 1]),
    normOf: inspect.normOf([3, 4]),
    momentsOf: inspect.momentsOf([1, 2, 4]),
    histogramOf: inspect.histogramOf([1, 2, 4], { bins: 3 }),
    windowOf: window,
    decisionSurfaceOf: surface,
    diagramOf: inspect.diagramOf(model),
    activationsOf: inspect.activationsOf(model, x),
    hiddenSpaceOf: inspect.hiddenSpaceOf(model, x),
    posteriorGapOf: await inspect.posteriorGapOf(model, { cells: 5 }),
    gaussiansPosterior: inspect.gaussiansPosterior(1, 1),
    damageOf: inspect.damageOf(model, points.train, { layer: "dense1", amounts: [1], draws: 2 }),
    twinsOf: inspect.twinsOf(model, x, y, { layer: "dense1", most: 3 }).units,
  };
}

function ofSurfaces() {
  const { x, y } = points.train;
  const model = planeModel();
  const objective = inspect.objectiveOf(model, x, y);
  const { values } = inspect.parameterVectorOf(model);
  const plane = inspect.planeOfDirections(model, { seed: 1 });
  const others = values.map((value, i) => value + (i % 3));
  const bowl = (p: Tensor) =>
    p
      .mul(tensor([1, 3], "float64"))
      .mul(p)
      .sum();
  const two = inspect.planeOfTwo();
  const options = {
    optimizer: { name: "sgd", learningRate: 0.1 },
    start: [1, 1],
    steps: 5,
  } as const;
  const bent = inspect.expressionObjective(inspect.parseExpression("u^2 + 3*v^2"));
  const { optimizer, start, steps } = options;
  return {
    expressionObjective: inspect.curvatureAt(bent, [1, 2]),
    curvatureLook: inspect.curvatureLook(bent)([0.5, 1]),
    descentsOn: inspect.descentsOn(bent, two, { optimizer, steps })(start),
    objectiveOf: inspect.lossSurfaceOf(objective, plane, { count: 3 }),
    parameterVectorOf: values,
    planeOfDirections: plane,
    planeOfParameters: inspect.planeOfParameters(model, "dense1/w[0,0]", "dense1/b[1]"),
    planeOfPath: inspect.planeOfPath([values, others, values.map((v) => v * 2)]),
    planeOfTwo: two,
    lossSurfaceOf: inspect.lossSurfaceOf(bowl, two, { count: 3 }),
    restrictedTo: inspect.curvatureAt(inspect.restrictedTo(two, bowl), [0, 0]),
    descentOn: inspect.descentOn(bowl, two, options),
    pathOn: inspect.pathOn(objective, plane, [values, others]),
    curvatureAt: inspect.curvatureAt(bowl, [1, 2]),
    criticalPointsOf: inspect.criticalPointsOf(bowl, { starts: [[1, 1]] }).points.length,
    bendOf: [inspect.bendOf([1, -1]).length],
    eigenOf: inspect.eigenOf([
      [2, 1],
      [1, 3],
    ]).values,
    principalAxesOf: inspect.principalAxesOf({
      count: 3,
      dimensions: 2,
      values: [0, 0, 1, 1, 2, 2],
    }),
    separatingLineOf: inspect.separatingLineOf(
      { count: 2, dimensions: 2, values: [0, 0, 1, 1] },
      [0, 1],
    ),
  };
}

async function ofPictures() {
  const { x, y } = pictures();
  const one = { ...x, shape: [1, 8, 8, 1], data: x.data.slice(0, 64) };
  const model = pictureModel();
  return {
    filtersOf: inspect.filtersOf(model),
    featureMapsOf: inspect.featureMapsOf(model, one),
    weightPicturesOf: inspect.weightPicturesOf(planeModel(), { picture: [1, 2, 1] }),
    maximiseUnits: inspect.maximiseUnits(model, { layer: "dense1", units: [0], steps: 3 }),
    occlusionOf: await inspect.occlusionOf(model, one, { size: 4, stride: 4 }),
    receptiveFieldOf: inspect.receptiveFieldOf(model, "maxPool2d1", [1, 1]),
    strongestOf: inspect.strongestOf(model, x, { layer: "conv2d1", most: 2 }),
    convolutionCellOf: inspect.convolutionCellOf(model, one, { at: [1, 1] }),
    poolingCellOf: inspect.poolingCellOf(model, one, { at: [1, 1] }),
    shiftReportOf: inspect.shiftReportOf(model, x),
    sharedWeightsOf: inspect.sharedWeightsOf(model),
    labels: y.data,
  };
}

/** Its ReLUs are dead from the start. */
const RUN = parseRunSpec({
  version: 1,
  seed: 1,
  data: { name: "gaussians", samples: 40 },
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 4, activation: "relu", biases: { name: "constant", value: -30 } },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  },
  loss: "binaryCrossentropy",
  optimizer: "sgd",
  training: { epochs: 1, batchSize: 10 },
});

/** An error of numbers, as a fit that explodes throws it. */
async function explosion(): Promise<NumberError> {
  const model = sequential([dense(1, { inputShape: [2] })])
    .with({ seed: 1 })
    .compile({ loss: "meanSquaredError", optimizer: { name: "sgd", learningRate: 1e30 } });
  const error = await model.fit(points.train.x, points.train.y, { epochs: 5 }).catch((e) => e);
  if (error instanceof NumberError) return error;
  throw new Error("it did not explode");
}

async function ofHealth() {
  const model = modelOf(RUN);
  const health = await inspect.healthOf({ spec: RUN, model, data: points, epochs: [] });
  const [finding] = health.findings;
  const changed = inspect.applyRemedy(RUN, finding!, finding!.remedies[0]!.id);
  const { tried } = await inspect.tryRemedies(RUN, points, finding!);
  return {
    healthOf: health,
    faultOf: inspect.faultOf(await explosion()),
    applyRemedy: changed,
    changesOf: inspect.changesOf(RUN, changed!).length,
    tryRemedies: tried.map(({ told }) => told),
  };
}

async function ofTime() {
  const { x, y } = points.train;
  const timeline = new inspect.Timeline(planeModel(), x, y, { batchSize: 10 });
  const logs = await timeline.advance(4);
  const f = (x: number) => x * x;
  return {
    Timeline: logs,
    firstFaultOf: (await inspect.firstFaultOf(timeline)) === null ? 1 : 0,
    timelineOfRun: await inspect.timelineOfRun(RUN, points).advance(2),
    loadTimeline: await (await inspect.loadTimeline(RUN, points)).advance(2),
    approximate: (await inspect.approximate(f, { pieces: 3 })).built,
    deviationsByPieces: inspect.deviationsByPieces(f, [2, 4]),
    constructNetwork: inspect.constructNetwork(f, { pieces: 3 }).heights,
    averageDeviationOf: inspect.averageDeviationOf(inspect.constructNetwork(f).model, f),
  };
}

function ofTables() {
  const table = tableOf({ a: [1, 2, 2, 40], b: ["x", "y", "y", "x"], c: [3, 1, 2, 9] });
  return {
    describeTable: inspect.describeTable(table, { target: "c" }),
    sharedRows: inspect.sharedRows(table, table),
  };
}

/** The functions that there are. */
export const FUNCTIONS: readonly string[] = Object.entries(inspect)
  .filter(([name, value]) => typeof value === "function" && name !== "ExpressionError")
  .map(([name]) => name);

export async function looks(): Promise<Looks> {
  const parts = [
    await ofHealth(),
    ofExpressions(),
    await ofModels(),
    ofSurfaces(),
    ofTables(),
    await ofPictures(),
    await ofTime(),
  ];
  const found = Object.entries(Object.assign({}, ...parts) as object);
  return Object.fromEntries(found.map(([name, value]) => [name, numbersIn(value)]));
}
