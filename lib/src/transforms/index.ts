// Graph to graph: derivatives, batching, simplification.

import "./whole.ts";

export { graphBuilder, inferTypes } from "../ops/builder.ts";
export { graphFromJSON } from "./from-json.ts";
export { jvpGraph } from "./jvp.ts";
export { simplify } from "./simplify.ts";
export { TRANSFORMS } from "./table.ts";
export { vjpGraph } from "./vjp.ts";
