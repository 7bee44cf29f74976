// A Hopfield network remembers four letters: shown one with every fifth point or so turned, it rolls down its
// energy into the letter that was meant.

import { fromData, random, type Tensor } from "neurite";
import { hopfieldMemory } from "neurite/nn";

const LETTERS = {
  H: ["#.....#", "#.....#", "#.....#", "#######", "#.....#", "#.....#", "#.....#"],
  O: [".#####.", "#.....#", "#.....#", "#.....#", "#.....#", "#.....#", ".#####."],
  T: ["#######", "...#...", "...#...", "...#...", "...#...", "...#...", "...#..."],
  X: ["#.....#", ".#...#.", "..#.#..", "...#...", "..#.#..", ".#...#.", "#.....#"],
};
const SIDE = 7;
const names = Object.keys(LETTERS);
const points = Object.values(LETTERS).flatMap((rows) => [...rows.join("")]);
const letters = fromData(
  Float32Array.from(points, (point) => (point === "#" ? 1 : -1)),
  [names.length, SIDE * SIDE],
);

/** The rows of a picture. */
function rowsOf(state: Tensor): string[] {
  const marks = Array.from(state.data, (v) => (Number(v) > 0 ? "#" : "."));
  return Array.from({ length: SIDE }, (_, y) => marks.slice(y * SIDE, (y + 1) * SIDE).join(""));
}

const memory = hopfieldMemory(letters, { rule: "pseudoInverse" });
const shown = names.map((_, i) => {
  const isTurned = random.bernoulli(random.key(i), 0.2, [SIDE * SIDE]);
  return letters.at(i).mul(isTurned.cast("float32").mul(-2).add(1));
});
const found = shown.map((state) => memory.recall(state));

const side = (pictures: readonly string[][]) =>
  Array.from({ length: SIDE }, (_, y) => pictures.map((rows) => rows[y]).join("   ")).join("\n");
console.log(`shown:\n${side(shown.map(rowsOf))}`);
console.log(`recalled:\n${side(found.map(({ state }) => rowsOf(state)))}`);
names.forEach((name, i) => {
  const { energies, state } = found[i]!;
  const same = state.mul(letters.at(i)).mean().item() === 1;
  const fall = energies.map((energy) => energy.toFixed(1)).join(" -> ");
  console.log(`${name}: ${same ? "right" : "another state"}, energy ${fall}`);
});
