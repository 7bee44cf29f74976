// The bytes of a state_dict: safetensors, and a sentence for pickles, which are programs and are not run.

import { FileError } from "../checks/errors.ts";
import { type Bytes, bytesOf } from "../formats/bytes.ts";
import { decodeSafetensors, type Safetensors } from "../formats/safetensors.ts";

const REMEDY =
  "it is not read, as a pickle can run any program. In Python: safetensors.torch.save_file(" +
  'torch.load("weights.pt", weights_only=True), "weights.safetensors") makes a file that holds numbers alone ' +
  '(of a file with more in it: torch.load(...)["state_dict"])';

/**
 * What a file of safetensors holds.
 * @throws FileError for a pickle of Python, as torch.save() writes it, for damage, and for element types that we
 * do not have
 */
export function readStateDict(bytes: Bytes): Safetensors {
  const file = bytesOf("readStateDict", bytes);
  const [a, b, c, d] = file;
  const isZip = a === 0x50 && b === 0x4b && (c === 3 || c === 5) && (d === 4 || d === 6);
  if (isZip) throw new FileError(`this is a zip file, as torch.save() writes them: ${REMEDY}`);
  // Protocol 2 to 5, and no header of safetensors: its length would be beyond any.
  if (a === 0x80 && b! >= 2 && b! <= 5 && isPickle(file)) {
    throw new FileError(`this is a pickle, as torch.save() writes them: ${REMEDY}`);
  }
  const read = decodeSafetensors(file);
  for (const [name, type] of read.unread) {
    throw new FileError(`"${name}" is of type ${type}, which is not read`);
  }
  return read;
}

/** A file of safetensors has a "{" behind the eight bytes of its length. */
function isPickle(file: Uint8Array): boolean {
  return file[8] !== 0x7b;
}
