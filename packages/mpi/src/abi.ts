// The two binary interfaces of MPI: what its handles are, and the numbers that its header defines.

/** A handle of MPI: an address, or a number. */
export type Handle = bigint | number;

/** What a program compiled against one kind of MPI knows of it. */
export interface Abi {
  readonly name: string;
  /** The C type of handles. */
  readonly handle: "void *" | "int";
  readonly world: Handle;
  readonly float: Handle;
  readonly double: Handle;
  readonly byte: Handle;
  readonly sum: Handle;
  /** Calls return their error instead of ending the process. */
  readonly errorsReturn: Handle;
  /** Addresses that stand for something else: the receiving buffer is the sending one; no status is wanted. */
  readonly inPlace: bigint;
  readonly noStatus: bigint;
  readonly anySource: number;
  /** Where the sender stands in a status, in bytes. */
  readonly source: number;
}

/** Open MPI 1.7 to 5: handles are addresses of what the library exports. @param symbol the address of a name */
export function openMpiAbi(symbol: (name: string) => bigint): Abi {
  return {
    name: "Open MPI",
    handle: "void *",
    world: symbol("ompi_mpi_comm_world"),
    float: symbol("ompi_mpi_float"),
    double: symbol("ompi_mpi_double"),
    byte: symbol("ompi_mpi_byte"),
    sum: symbol("ompi_mpi_op_sum"),
    errorsReturn: symbol("ompi_mpi_errors_return"),
    inPlace: 1n,
    noStatus: 0n,
    anySource: -1,
    source: 0,
  };
}

/** MPICH 3 and 4, and what keeps to its interface: Intel MPI, MVAPICH, Cray MPICH. Handles are numbers. */
export const MPICH_ABI: Abi = {
  name: "MPICH",
  handle: "int",
  world: 0x44000000,
  float: 0x4c00040a,
  double: 0x4c00080b,
  byte: 0x4c00010d,
  sum: 0x58000003,
  errorsReturn: 0x54000001,
  inPlace: -1n,
  noStatus: 1n,
  anySource: -2,
  source: 8,
};
