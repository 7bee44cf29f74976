// An LSTM learns how the chemical elements are called, letter by letter, and then calls some that nobody has
// found yet.

import { fromData, random, type Tensor } from "neurite";
import { dense, embedding, lstm } from "neurite/nn";
import { sequential } from "neurite/train";

const ELEMENTS =
  `hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium magnesium
  aluminium silicon phosphorus sulfur chlorine argon potassium calcium scandium titanium vanadium chromium
  manganese iron cobalt nickel copper zinc gallium germanium arsenic selenium bromine krypton rubidium strontium
  yttrium zirconium niobium molybdenum technetium ruthenium rhodium palladium silver cadmium indium tin antimony
  tellurium iodine xenon caesium barium lanthanum cerium praseodymium neodymium promethium samarium europium
  gadolinium terbium dysprosium holmium erbium thulium ytterbium lutetium hafnium tantalum tungsten rhenium osmium
  iridium platinum gold mercury thallium lead bismuth polonium astatine radon francium radium actinium thorium
  protactinium uranium neptunium plutonium americium curium berkelium californium einsteinium fermium mendelevium
  nobelium lawrencium rutherfordium dubnium seaborgium bohrium hassium meitnerium darmstadtium roentgenium
  copernicium nihonium flerovium moscovium livermorium tennessine oganesson`.split(/\s+/);

// A letter is its place here; the first one stands before a name and after it.
const LETTERS = ".abcdefghijklmnopqrstuvwxyz";
const STEPS = 1 + Math.max(...ELEMENTS.map((name) => name.length));

/** Names as rows of letters, with dots up to the end. */
function rows(names: readonly string[]): Tensor {
  const letters = names.flatMap((name) => [...name.padEnd(STEPS, ".")]);
  const numbers = Int32Array.from(letters, (letter) => LETTERS.indexOf(letter));
  return fromData(numbers, [names.length, STEPS]);
}

// Of each letter the next one is asked for; what follows the end of a name does not count.
const x = rows(ELEMENTS.map((name) => `.${name}`));
const y = rows(ELEMENTS);
const counts = ELEMENTS.flatMap((name) =>
  Array.from({ length: STEPS }, (_, t) => +(t <= name.length)),
);
const mask = fromData(Float32Array.from(counts), [ELEMENTS.length, STEPS]);

const model = sequential(
  [STEPS],
  embedding(LETTERS.length, 16),
  lstm(64, { returnSequences: true }),
  dense(LETTERS.length, { activation: "softmax" }),
).with({ seed: 1 });
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "adam", learningRate: 0.01 },
});
const { epochs } = await model.fit(x, y, { epochs: 50, batchSize: 20, mask });
for (const { epoch, loss } of epochs.filter((_, i) => i % 10 === 9)) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(3)} a letter`);
}

/** Writes names side by side, each letter drawn with the probability that the model gives it. */
async function write(count: number): Promise<string[]> {
  let names = Array.from({ length: count }, () => "");
  for (let t = 0; t < STEPS - 1; t++) {
    const next = (await model.predict(rows(names.map((name) => `.${name}`)))).at(":", t);
    const drawn = random.categorical(random.key(t), next.log()).data;
    names = names.map((name, n) => (name.endsWith(".") ? name : name + LETTERS[drawn[n]!]));
  }
  return names.map((name) => name.replace(/\.$/, ""));
}

const written = [...new Set(await write(60))];
const known = written.filter((name) => ELEMENTS.includes(name));
console.log(`of ${written.length} names it wrote ${known.length} that are known, and`);
console.log(
  written
    .filter((name) => !ELEMENTS.includes(name))
    .slice(0, 24)
    .join(", "),
);
