// Linear algebra under NumPy's names: `linalg.solve(a, b)`.

export { cholesky } from "./cholesky.ts";
export { eigh } from "./eigh.ts";
export { lstsq, matrixPower, matrixRank, pinv, type RankOptions } from "./least-squares.ts";
export { qr } from "./qr.ts";
export { det, inv, slogdet, solve } from "./solve.ts";
export { svd } from "./svd.ts";
export { type TriangularOptions, triangularSolve } from "./triangular.ts";
