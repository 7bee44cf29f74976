// A kind for every parameter of the function, whatever its types depend on.

import { anything } from "./arguments.ts";
import { signature } from "./signature.ts";

declare function f<A extends number>(a: A, b?: string): A;
declare function g(a: number, ...rest: string[]): void;

signature<typeof f>("f(a, b?)", anything, anything);
signature<typeof g>("g(a, ...rest)", anything, anything);

// @ts-expect-error one too few
signature<typeof f>("f(a, b?)", anything);
// @ts-expect-error one too many
signature<typeof f>("f(a, b?)", anything, anything, anything);
// @ts-expect-error no kind
signature<typeof f>("f(a, b?)", anything, 3);
