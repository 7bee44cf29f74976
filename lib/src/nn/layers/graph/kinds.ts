// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { GAT, gat } from "./gat.ts";
import { GCN, gcn } from "./gcn.ts";
import { GRAPH_POOL, graphPool } from "./graph-pool.ts";
import { GRAPH_SAGE, graphSage } from "./graph-sage.ts";

export const GRAPH_KINDS: Makers<Layer> = {
  gcn: { signature: GCN, make: gcn },
  graphSage: { signature: GRAPH_SAGE, make: graphSage },
  gat: { signature: GAT, make: gat },
  graphPool: { signature: GRAPH_POOL, make: graphPool },
};
