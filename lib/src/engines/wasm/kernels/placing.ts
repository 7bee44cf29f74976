// How kernels find out where the arrays of a schedule lie.

import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";

/** Finds the place of an array: whole, in row-major order. */
export type Placing = (buffer: Buffer) => ArrayPlace;
