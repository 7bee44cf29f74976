// What an ONNX file would hold in memory, counted over its bytes before anything is made of them.

import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { FileError } from "../../checks/errors.ts";

/** Messages within messages; a subgraph takes three of them. */
export const MOST_DEPTH: number = 100;
/**
 * Messages, texts and integers that stand one by one. What a tensor holds in one piece (raw_data) does not
 * count, nor do floats, which take twice their bytes at most. A model of a thousand layers has some ten
 * thousands.
 */
const MOST_PARTS: number = 2 ** 24;
/** Protobuf's own limit: 2 GiB. Larger models keep their tensors in files beside. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Walks over the records of a message, without making anything of them: two bytes can stand for an object
 * of hundreds, and a file of a few megabytes for more memory than there is.
 * @throws FileError where messages lie too deep, there are too many parts, or a length leads out of the file
 */
export function checkLimits(
  schema: DescMessage,
  bytes: Uint8Array,
  mostParts: number = MOST_PARTS,
): void {
  if (bytes.length > MOST_BYTES) {
    throw new FileError(
      `ONNX: the file has ${bytes.length} bytes, expected at most ${MOST_BYTES}, the limit of protobuf`,
    );
  }
  let parts = 0;
  const count = (more: number): void => {
    parts += more;
    if (parts > mostParts) {
      throw new FileError(
        `ONNX: the file holds more than ${mostParts} parts (messages, texts, integers one by one). ` +
          "Tensors should be kept as raw data",
      );
    }
  };
  const walk = (message: DescMessage, reader: BinaryReader, end: number, depth: number): void => {
    if (depth > MOST_DEPTH) {
      throw new FileError(`ONNX: messages lie more than ${MOST_DEPTH} deep in each other`);
    }
    const fields = fieldsOf(message);
    while (reader.pos < end) {
      const [number, wire] = reader.tag();
      const field = fields.get(number);
      count(1);
      if (wire !== WireType.LengthDelimited) {
        reader.skip(wire, number);
        continue;
      }
      const length = reader.uint32();
      const next = reader.pos + length;
      if (next > end) {
        throw new FileError(
          `ONNX: ${message.name} has a part of ${length} bytes, but ends after ${end - reader.pos}`,
        );
      }
      if (field?.message) walk(field.message, reader, next, depth + 1);
      else if (field?.scalar !== undefined) count(integersIn(field.scalar, length));
      reader.pos = next;
    }
  };
  walk(schema, new BinaryReader(bytes), bytes.length, 1);
}

/** Integers that a packed field of these bytes has at most. */
function integersIn(type: ScalarType, bytes: number): number {
  const isOneThing = type === ScalarType.BYTES || type === ScalarType.STRING;
  return isOneThing || type === ScalarType.FLOAT || type === ScalarType.DOUBLE ? 0 : bytes;
}

interface Field {
  readonly message: DescMessage | undefined;
  readonly scalar: ScalarType | undefined;
}

const known = new WeakMap<DescMessage, ReadonlyMap<number, Field>>();

function fieldsOf(schema: DescMessage): ReadonlyMap<number, Field> {
  const found = known.get(schema);
  if (found) return found;
  const fields = new Map(
    schema.fields.map(({ number, message, scalar }) => [number, { message, scalar }]),
  );
  known.set(schema, fields);
  return fields;
}
