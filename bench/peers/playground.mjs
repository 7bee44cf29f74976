/** TF Playground's own algorithm as a peer. */

import { build } from "../src/tf-playground/training.mjs";
import { runPeer } from "./program.mjs";

await runPeer("playground", { node: process.versions.node }, build);
