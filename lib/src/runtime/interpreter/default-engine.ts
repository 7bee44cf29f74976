// Whoever imports this computes by the Wasm engine unless another is set: all entry points but those that
// are to be small.

import { defaultEngine } from "../../engines/choose.ts";
import { setDefaultEngine } from "./current.ts";

setDefaultEngine(defaultEngine);
