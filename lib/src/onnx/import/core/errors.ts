// What an imported model says when it cannot be taken, or cannot go on.

import { NeuriteError } from "../../../checks/errors.ts";

/** An ONNX model that asks for something which is not covered, or that breaks the rules of its format. */
export class OnnxError extends NeuriteError {
  override name = "OnnxError";
}
