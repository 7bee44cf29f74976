// The data sets that are made, by name.

import { CLASS_SETS } from "./classes.ts";
import type { ClassSet } from "./plane.ts";
import { SYNTHETIC_SETS } from "./synthetic.ts";

export type MadeName = keyof typeof SYNTHETIC_SETS | keyof typeof CLASS_SETS;

export const MADE_SETS: Readonly<Record<MadeName, ClassSet>> = { ...SYNTHETIC_SETS, ...CLASS_SETS };
