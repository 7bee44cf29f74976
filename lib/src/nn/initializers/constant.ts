// Initializers that draw nothing.

import { full } from "../../tensor/create.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";

export const zerosInitializer: InitializerFamily = initializerFamily({}, ({ shape, dtype }) =>
  full(shape, 0, dtype),
);

export const onesInitializer: InitializerFamily = initializerFamily({}, ({ shape, dtype }) =>
  full(shape, 1, dtype),
);

export const constantInitializer: InitializerFamily = initializerFamily(
  { value: 0 },
  ({ shape, dtype }, { value }) => full(shape, value, dtype),
);
