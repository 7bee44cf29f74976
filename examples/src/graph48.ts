// NNDL figure 4.8: the computation graph of f = 1 / (exp(-(w x + b)) + 1) and its chain rule.

import { div, grad, graphOf, print, scope, type Tensor, tensor } from "neurite";
import { claim, showClaims } from "neurite/books";
import { annotate } from "neurite/inspect";

type Scalar = Tensor<[]>;

/** Scopes name the nodes of the graph. */
function f(x: Scalar, w: Scalar, b: Scalar): Scalar {
  const h1 = scope("h1", () => w.mul(x));
  const h2 = scope("h2", () => h1.add(b));
  const h3 = scope("h3", () => h2.mul(-1));
  const h4 = scope("h4", () => h3.exp());
  const h5 = scope("h5", () => h4.add(1));
  return scope("h6", () => div(1, h5));
}

const x = tensor(1, "float64");
const w = tensor(0, "float64");
const b = tensor(0, "float64");

// As written, not as it would be compiled: the figure has its h3.
const graph = graphOf(
  (named: { x: Scalar; w: Scalar; b: Scalar }) => f(named.x, named.w, named.b),
  [{ x, w, b }],
);
console.log(print(graph, annotate(graph, [x, w, b], { gradients: true })));

// The same by hand: each step's own derivative, multiplied along the path from h6 down to w.
const local = {
  "dh6/dh5": grad((h5: Scalar) => div(1, h5))(tensor(2, "float64")),
  "dh5/dh4": grad((h4: Scalar) => h4.add(1))(tensor(1, "float64")),
  "dh4/dh3": grad((h3: Scalar) => h3.exp())(tensor(0, "float64")),
  "dh3/dh2": grad((h2: Scalar) => h2.mul(-1))(tensor(0, "float64")),
  "dh2/dh1": grad((h1: Scalar) => h1.add(b))(tensor(0, "float64")),
  "dh1/dw": grad((w: Scalar) => w.mul(x))(w),
};
const product = Object.values(local).reduce((total, d) => total.mul(d));
for (const [name, derivative] of Object.entries(local)) {
  console.log(`${name.padEnd(7)} = ${derivative.item()}`);
}

const [dw, db, dx] = [1, 2, 0].map((argument) => grad(f, { argument })(x, w, b).item());
console.log(
  showClaims([
    claim("f", 0.5, f(x, w, b).item(), 0),
    claim("df/dw, the product", 0.25, product.item(), 0),
    claim("df/dw", 0.25, dw!, 0),
    claim("df/db", 0.25, db!, 0),
    claim("df/dx", 0, dx!, 0),
  ]),
);
