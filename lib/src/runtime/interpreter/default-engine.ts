// Whoever imports this computes by the Wasm engine unless another is set: all entry points but those that
// are to be small.

import { defaultEngine } from "../../engines/choose.ts";
import "../../engines/whole.ts";
import { formatArray } from "../values/format.ts";
import { bringFormat } from "../values/tensor.ts";
import { setDefaultEngine } from "./current.ts";

bringFormat(formatArray);
setDefaultEngine(defaultEngine);
