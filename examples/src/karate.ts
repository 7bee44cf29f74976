// A graph convolution learns the karate club (Kipf and Welling 2017, appendix A): told only what became of
// two members, it finds whom each of the others followed, by nothing but who is friends with whom.

import { fromData, type Tensor } from "neurite";
import { KARATE_FACTIONS, loadKarateClub } from "neurite/data/node";
import { connect, gcn, input, network } from "neurite/nn";
import { functionalModel } from "neurite/train";

const club = loadKarateClub();
const { nodes, classes } = club;
const told = [0, nodes - 1]; // Mr. Hi and the officer

// One example: the whole club. Nothing is known of a member but who it is.
const itself = new Float32Array(nodes * nodes).map((_, i) => +(i % (nodes + 1) === 0));
const x = fromData(itself, [1, nodes, nodes]);
const edges = fromData(club.edges.data, [1, ...club.edges.shape]);
const targets = new Float32Array(nodes * classes);
for (const member of told) targets[member * classes + Number(club.y.data[member])] = 1;

const members = input([nodes, nodes]);
const friends = input([2, club.edges.shape[1]!]);
const hidden = connect(gcn(4, { activation: "tanh" }), members, friends);
const sides = connect(gcn(classes, { activation: "softmax" }), hidden, friends);
const model = functionalModel(network([members, friends], [sides]), { seed: 1 });

/** Cross-entropy over the rows that hold a target; the others are zeros, and add nothing. */
function crossEntropyOfTheTold(y: Tensor, shares: Tensor): Tensor {
  return y.mul(shares.log()).sum([1, 2]).neg().div(told.length);
}

model.compile({
  loss: crossEntropyOfTheTold,
  optimizer: { name: "adam", learningRate: 0.01 },
});
const history = await model.fit([x, edges], fromData(targets, [1, nodes, classes]), {
  epochs: 300,
});
for (const { epoch, loss } of history.epochs.filter((_, i) => i % 100 === 99)) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(4)}`);
}

const [shares] = await model.predictAll([x, edges]);
const found = shares!.argmax(-1).data;
const wrong = [...club.y.data].flatMap((side, member) => (found[member] === side ? [] : [member]));
const sizes = KARATE_FACTIONS.map(
  (name, side) => `${found.filter((f) => f === side).length} with ${name}`,
);
console.log(`told of members ${told.join(" and ")}, it puts ${sizes.join(" and ")}`);
console.log(
  `${nodes - wrong.length} of ${nodes} right${wrong.length > 0 ? `; wrong: ${wrong.join(", ")}` : ""}`,
);
