// Finds the MPI of this machine, and binds those of its functions that are needed.

import { NeuriteError } from "neurite/ir";
import { type Abi, type Handle, MPICH_ABI, openMpiAbi } from "./abi.ts";

/** No MPI, or one that does not do what it should. */
export class MpiError extends NeuriteError {
  override name = "MpiError";
}

/** Functions of MPI; all return 0 or the number of an error. Addresses are numbers. */
export interface Calls {
  MPI_Init_thread(argc: bigint, argv: bigint, required: number, provided: bigint): number;
  MPI_Initialized(flag: bigint): number;
  MPI_Finalize(): number;
  MPI_Abort(comm: Handle, code: number): number;
  MPI_Comm_rank(comm: Handle, rank: bigint): number;
  MPI_Comm_size(comm: Handle, size: bigint): number;
  MPI_Comm_set_errhandler(comm: Handle, handler: Handle): number;
  MPI_Error_string(code: number, text: bigint, length: bigint): number;
  MPI_Get_library_version(text: bigint, length: bigint): number;
  MPI_Iallreduce(
    from: bigint,
    to: bigint,
    count: number,
    type: Handle,
    op: Handle,
    comm: Handle,
    request: bigint,
  ): number;
  MPI_Ibcast(
    data: bigint,
    count: number,
    type: Handle,
    root: number,
    comm: Handle,
    request: bigint,
  ): number;
  MPI_Ibarrier(comm: Handle, request: bigint): number;
  MPI_Isend(
    data: bigint,
    count: number,
    type: Handle,
    to: number,
    tag: number,
    comm: Handle,
    request: bigint,
  ): number;
  MPI_Irecv(
    data: bigint,
    count: number,
    type: Handle,
    from: number,
    tag: number,
    comm: Handle,
    request: bigint,
  ): number;
  MPI_Iprobe(from: number, tag: number, comm: Handle, flag: bigint, status: bigint): number;
  MPI_Get_count(status: bigint, type: Handle, count: bigint): number;
  MPI_Test(request: bigint, flag: bigint, status: bigint): number;
}

/** Parameters of each: p an address, i an int, h a handle, and r a handle or what stands for it by its address. */
const SIGNATURES: Readonly<Record<keyof Calls, string>> = {
  MPI_Init_thread: "ppip",
  MPI_Initialized: "p",
  MPI_Finalize: "",
  MPI_Abort: "hi",
  MPI_Comm_rank: "hp",
  MPI_Comm_size: "hp",
  MPI_Comm_set_errhandler: "hh",
  MPI_Error_string: "ipp",
  MPI_Get_library_version: "pp",
  MPI_Iallreduce: "ppihhhp",
  MPI_Ibcast: "pihihp",
  MPI_Ibarrier: "hp",
  MPI_Isend: "pihiihp",
  MPI_Irecv: "pihiihp",
  MPI_Iprobe: "iihpp",
  MPI_Get_count: "php",
  MPI_Test: "ppp",
};

/** An MPI that was found. */
export interface Library {
  readonly abi: Abi;
  readonly calls: Calls;
  /** The address of an array's first number, which stays where it is while the array lives. */
  addressOf(array: ArrayBufferView): bigint;
}

/** What of koffi is used. */
interface Koffi {
  load(path: string, options: { readonly global: boolean }): Handles;
  address(array: ArrayBufferView): bigint;
}

interface Handles {
  func(name: string, result: string, parameters: readonly string[]): (...args: never[]) => number;
  symbol(name: string): bigint;
}

const HOW =
  "Install Open MPI or MPICH (Debian: apt install openmpi-bin; macOS: brew install open-mpi), or name its library " +
  "in NEURITE_MPI_LIBRARY, as in /opt/mpi/lib/libmpi.so.";

/** Names of the library, those of the MPI first whose launcher started this process. */
export function libraryNames(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): readonly string[] {
  const own = environment["NEURITE_MPI_LIBRARY"];
  if (own) return [own];
  if (platform === "darwin") {
    const names = ["libmpi.dylib", "libmpich.dylib"];
    return ["/opt/homebrew/lib/", "/usr/local/lib/", ""].flatMap((at) => names.map((n) => at + n));
  }
  const openMpi = ["libmpi.so.40", "libmpi.so.20", "libmpi.so"];
  const mpich = ["libmpich.so.12", "libmpi.so.12", "libmpich.so"];
  // By what a launcher sets for its processes: settings of Open MPI may be in any shell.
  const isOpenMpi = ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK"].some((name) => environment[name]);
  const isMpich = environment["PMI_RANK"] !== undefined && !isOpenMpi;
  return isMpich ? [...mpich, ...openMpi] : [...openMpi, ...mpich];
}

/** @throws MpiError where there is none */
export async function openLibrary(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Library> {
  const koffi = await loadKoffi();
  const names = libraryNames(environment);
  for (const name of names) {
    let loaded: Handles;
    try {
      // Parts of Open MPI that it loads itself look for its names among those of all.
      loaded = koffi.load(name, { global: true });
    } catch {
      continue;
    }
    const abi = abiOf(loaded);
    return { abi, calls: bind(loaded, abi), addressOf: (array) => koffi.address(array) };
  }
  throw new MpiError(`mpi: no MPI library was found among ${names.join(", ")}. ${HOW}`);
}

async function loadKoffi(): Promise<Koffi> {
  try {
    return (await import("koffi")).default as Koffi;
  } catch (cause) {
    throw new MpiError(
      `mpi: koffi, which calls C libraries, does not run here (${(cause as Error).message})`,
      { cause },
    );
  }
}

function abiOf(loaded: Handles): Abi {
  try {
    return openMpiAbi((name) => loaded.symbol(name));
  } catch {
    return MPICH_ABI;
  }
}

function bind(loaded: Handles, { handle }: Abi): Calls {
  const types: Readonly<Record<string, string>> = { p: "void *", i: "int", h: handle };
  const bound = Object.entries(SIGNATURES).map(([name, letters]) => {
    try {
      return [
        name,
        loaded.func(
          name,
          "int",
          [...letters].map((letter) => types[letter]!),
        ),
      ];
    } catch {
      throw new MpiError(
        `mpi: the library has no ${name}: expected an MPI of version 3 or newer. ${HOW}`,
      );
    }
  });
  return Object.fromEntries(bound) as Calls;
}
