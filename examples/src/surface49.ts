// NNDL figure 4.9: two losses of y = sigma(w2 sigma(w1 x)) over the plane of both weights.

import { compile, grad, sub, type Tensor, tensor } from "neurite";
import { claim, decimals, showClaims } from "neurite/books";

// One example, x = 1 with target 1.
const output = (w1: Tensor, w2: Tensor) => w2.mul(w1.sigmoid()).sigmoid();
const squared = (w1: Tensor, w2: Tensor) => sub(1, output(w1, w2)).square();
const negativeLog = (w1: Tensor, w2: Tensor) => output(w1, w2).log().neg();

const ticks = [-10, -5, 0, 5, 10];
const row = tensor(ticks, "float64");
const column = row.reshape([-1, 1]);

// A column of w1 meets a row of w2: each loss has every pair.
for (const [name, loss] of Object.entries({ squared, negativeLog })) {
  const table = compile(loss)(column, row).toArray() as number[][];
  const line = (head: string, cells: string[]) =>
    console.log(head.padStart(8) + cells.map((cell) => cell.padStart(10)).join(""));
  console.log(`${name}, w1 downwards and w2 across`);
  line("", ticks.map(String));
  table.forEach((cells, i) =>
    line(
      `${ticks[i]}`,
      cells.map((cell) => cell.toFixed(4)),
    ),
  );
}

// Where y is wrong and sure of it, the one loss is flat and the other steep.
const [plus, minus] = [tensor(10, "float64"), tensor(-10, "float64")];
const slopeAlongW2 = (loss: typeof squared) => grad(loss, { argument: 1 })(plus, minus).item();

console.log(
  showClaims([
    claim("squared at (10, -10)", 0.9999, squared(plus, minus).item(), decimals(4)),
    claim("-ln y at (10, -10)", 9.9996, negativeLog(plus, minus).item(), decimals(4)),
    claim("-ln y at (10, 10)", 4.5e-5, negativeLog(plus, plus).item(), decimals(6)),
  ]),
);
console.log(`slope along w2 at (10, -10): squared ${slopeAlongW2(squared).toFixed(6)},`);
console.log(`  -ln y ${slopeAlongW2(negativeLog).toFixed(6)}`);
