// Ranks of an MPI job that train one model together.

export { MpiError } from "./library.ts";
export { joinMpi, type Message, Mpi, type MpiOptions } from "./mpi.ts";
