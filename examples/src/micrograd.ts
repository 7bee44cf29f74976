// The expression in micrograd's README: define by run, then backward().

import { div, variable } from "neurite";
import { claim, decimals, showClaims } from "neurite/books";

const a = variable(-4, { dtype: "float64" });
const b = variable(2, { dtype: "float64" });
let c = a.add(b); //                                   c = a + b
let d = a.mul(b).add(b.pow(3)); //                     d = a * b + b**3
c = c.add(c.add(1)); //                                c += c + 1
c = c.add(c.add(1).sub(a)); //                         c += 1 + c + (-a)
d = d.add(d.mul(2).add(b.add(a).relu())); //           d += d * 2 + (b + a).relu()
d = d.add(d.mul(3).add(b.sub(a).relu())); //           d += 3 * d + (b - a).relu()
const e = c.sub(d); //                                 e = c - d
const f = e.pow(2); //                                 f = e**2
const g = f.div(2).add(div(10, f)); //                 g = f / 2.0; g += 10.0 / f

g.backward();

console.log(
  showClaims([
    claim("g", 24.7041, g.item(), decimals(4)),
    claim("dg/da", 138.8338, a.grad!.item(), decimals(4)),
    claim("dg/db", 645.5773, b.grad!.item(), decimals(4)),
  ]),
);
