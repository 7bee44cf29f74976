// A model that Keras saved comes in with its weights, gives Keras's numbers, goes on training with the loss and the
// optimizer that it was compiled with, and goes back as a .keras file.

import { readFile } from "node:fs/promises";
import { exportKeras, importKeras } from "neurite/keras";

// In Keras 3, trained for one epoch and saved:
//   keras.Sequential([Input((6, 6, 1)), Conv2D(3, 3, activation="relu"), BatchNormalization(), Flatten(),
//                     Dense(3, activation="softmax")])
const bytes = await readFile(new URL("../data/bars.keras", import.meta.url));
const { model, training, layout, writer } = await importKeras(bytes);
console.log(`written by ${writer}`);
for (const line of layout) console.log(line);

/** Pictures of 6 x 6 with a bright bar of two rows, and which of three it is. */
const count = 90;
const y = Int32Array.from({ length: count }, (_, i) => i % 3);
const x = Float32Array.from({ length: count * 36 }, (_, i) => {
  const [picture, row] = [Math.floor(i / 36), Math.floor((i % 36) / 6)];
  const isBright = Math.floor(row / 2) === y[picture];
  return Math.abs(Math.sin(12.9898 * i)) + (isBright ? 0.3 : 0);
});
const pictures = { dtype: "float32" as const, shape: [count, 6, 6, 1], data: x };
const classes = { dtype: "int32" as const, shape: [count], data: y };

const { data } = await model.predict(pictures);
const keras = [0.34508902, 0.41320249, 0.2417085, 0.35059771, 0.41184229, 0.23755996];
const worst = Math.max(...keras.map((theirs, i) => Math.abs(data[i]! - theirs)));
console.log(`the first two pictures: Keras's numbers ${worst < 1e-6 ? "to a millionth" : "  OFF"}`);

model.compile(training!);
const before = await model.evaluate(pictures, classes);
await model.fit(pictures, classes, { epochs: 100, batchSize: 30, progress: false });
const after = await model.evaluate(pictures, classes);
const right = (share: number | undefined) => `${Math.round(100 * share!)} %`;
console.log(
  `right: ${right(before["accuracy"])} as it came, ${right(after["accuracy"])} after 100 epochs more`,
);

const back = exportKeras(model, { training: training! });
const again = await importKeras(back);
const same = await again.model.predict(pictures);
const now = await model.predict(pictures);
console.log(
  `back as .keras: ${same.data.every((p, i) => p === now.data[i]) ? "the same to the bit" : "  OFF"}`,
);
