// The view `parameters`: all weights and biases.

import type { View } from "./view.ts";

export const parameters: View<"parameters"> = ({ timeline }) => ({
  numbers: Object.fromEntries(
    [...timeline.model.instance.params.variables].map(([name, variable]) => [
      name,
      Float32Array.from(variable.storage.read() as Float32Array),
    ]),
  ),
});
