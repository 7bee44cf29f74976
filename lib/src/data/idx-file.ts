// An IDX file as it lies on disk: plain, or gzipped as MNIST is published.

import { FileError } from "../checks/errors.ts";
import { type Bytes, bytesOf } from "../formats/bytes.ts";
import { gunzipUpTo, isGzip, LIMIT } from "../formats/gzip.ts";
import { decodeIdx, idxLength } from "../formats/idx.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";

/**
 * The array in an IDX file. Of a gzipped one no more is unpacked than its header announces, and never
 * more than 2^28 bytes.
 * @throws FileError (as a rejection) naming what is wrong with the file
 */
export async function readIdx(bytes: Bytes): Promise<StoredTensor> {
  const file = bytesOf("readIdx", bytes);
  if (!isGzip(file)) return decodeIdx(file);
  return decodeIdx(await gunzipUpTo(file, limitOf));
}

function limitOf(start: Uint8Array): number {
  const length = idxLength(start);
  if (length <= LIMIT) return length;
  throw new FileError(
    `idx: the header announces ${length} bytes; of gzip at most ${LIMIT} are read`,
  );
}
