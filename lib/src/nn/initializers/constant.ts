// Initializers that draw nothing.

import { full } from "../../tensor/create.ts";
import { type Family, family } from "./initializer.ts";

export const zeros: Family = family({}, ({ shape, dtype }) => full(shape, 0, dtype));

export const ones: Family = family({}, ({ shape, dtype }) => full(shape, 1, dtype));

export const constant: Family = family({ value: 0 }, ({ shape, dtype }, { value }) =>
  full(shape, value, dtype),
);
