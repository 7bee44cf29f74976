// A model's weights as PyTorch's module has them.

import { toStateDict } from "neurite/pytorch";
import type { Exporter } from "./format.ts";

export const exportStateDict: Exporter = async ({ model, out }) => {
  const { bytes, told } = toStateDict(model);
  return {
    files: [{ path: out, content: bytes }],
    told: [
      ...told,
      "",
      "neurite summary RUN --code pytorch prints the module that takes them: " +
        `model.load_state_dict(safetensors.torch.load_file(${JSON.stringify(out)}))`,
    ],
  };
};
