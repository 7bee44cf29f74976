/** TF Playground's way as a peer. */

import { build } from "../src/unit-by-unit.mjs";
import { runPeer } from "./program.mjs";

await runPeer("playground", { node: process.versions.node }, build);
