// HDF5 files as Keras and h5py write them: groups, attributes that are texts, and arrays that lie in one piece.

import { shortened } from "../../checks/nearest.ts";
import type { StoredTensor } from "../../formats/stored-tensor.ts";
import { sizeOf } from "../../ir/shape.ts";
import { decodeElements } from "./elements.ts";
import { membersOf } from "./groups.ts";
import { TextHeaps } from "./heap.ts";
import { MESSAGE, messagesAt, type ObjectMessage } from "./messages.ts";
import { isHdf5 } from "./signature.ts";
import { type FilePart, refuseHdf5, Source, textOf, withoutZeros } from "./source.ts";
import { type Hdf5Type, readShape, readType } from "./types.ts";

const ROOT_AT = { 0: 56, 1: 60 } as const;
const LONGEST_LIST = 65_536;

/** A group, or an array. Nothing is read before it is asked for. */
export interface Hdf5Object {
  /** Of a group; null for an array. */
  readonly members: readonly string[] | null;
  /** The member of a path, as in "layers/dense"; null where there is none. */
  at(path: string): Hdf5Object | null;
  /** An attribute that is a text, or a list of them: a list. Null where there is none, and for other kinds. */
  texts(name: string): readonly string[] | null;
  /** Of an array; null for a group. */
  readonly shape: readonly number[] | null;
  /** The numbers of an array. @throws FileError for other kinds than ours, and where they lie in chunks */
  read(): StoredTensor;
}

/**
 * The root of a file. Only what is asked for is read, everything within the file's bytes: what is read of a file
 * takes no more memory than its bytes do, and ends.
 * @throws FileError for what is no HDF5 file, or of another layout than h5py's default
 */
export function readHdf5(bytes: Uint8Array): Hdf5Object {
  if (!isHdf5(bytes)) refuseHdf5("the file does not begin as one");
  const source = new Source(bytes);
  const head = source.part(8, 8);
  const version = head.u8();
  if (version !== 0 && version !== 1) {
    refuseHdf5(
      `the file is of layout ${version}, Keras writes 0; save it again with Keras (or h5py, without libver)`,
    );
  }
  head.skip(4);
  if (head.u8() !== 8 || head.u8() !== 8) refuseHdf5("its addresses do not have eight bytes");
  const root = source.part(ROOT_AT[version] + 8, 8).u64();
  return objectAt(source, new TextHeaps(source), root, "");
}

function objectAt(source: Source, heaps: TextHeaps, address: number, path: string): Hdf5Object {
  const messages = messagesAt(source, address);
  const found = (type: number) => messages.find((message) => message.type === type)?.body;
  const table = found(MESSAGE.symbolTable);
  const members = table ? membersOf(source, table.u64(), table.u64()) : null;
  const known = new Map<string, Hdf5Object>();
  const memberNamed = (name: string): Hdf5Object | null => {
    const place = members?.get(name);
    if (place === undefined) return null;
    const inner =
      known.get(name) ?? objectAt(source, heaps, place, path ? `${path}/${name}` : name);
    known.set(name, inner);
    return inner;
  };
  const space = found(MESSAGE.dataspace);
  const shape = table || !space ? null : readShape(space);
  const attributes = attributesOf(messages, path);
  return {
    members: members ? [...members.keys()] : null,
    at: (inner) => {
      const [first, ...rest] = inner.split("/");
      const member = memberNamed(first!);
      return rest.length === 0 || !member ? member : member.at(rest.join("/"));
    },
    texts: (name) => {
      const attribute = attributes.get(name);
      return attribute ? textsOf(attribute, heaps) : null;
    },
    shape,
    read: () => readArray(source, path, shape, found),
  };
}

interface Attribute {
  readonly type: Hdf5Type;
  readonly shape: readonly number[] | null;
  readonly data: FilePart;
}

function attributesOf(messages: readonly ObjectMessage[], path: string): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const { type: kind, body } of messages) {
    if (kind !== MESSAGE.attribute) continue;
    const version = body.u8();
    if (version < 1 || version > 3)
      refuseHdf5(`an attribute of "${shortened(path)}" is of version ${version}`);
    body.skip(1);
    const lengths = [body.u16(), body.u16(), body.u16()] as const;
    if (version === 3) body.skip(1);
    const next = (length: number): FilePart => {
      const part = body.inner(length);
      if (version === 1) body.align();
      return part;
    };
    const name = next(lengths[0]).untilZero();
    const type = readType(next(lengths[1]));
    const shape = readShape(next(lengths[2]));
    attributes.set(name, { type, shape, data: body.inner(body.left) });
  }
  return attributes;
}

function textsOf({ type, shape, data }: Attribute, heaps: TextHeaps): readonly string[] | null {
  const count = shape ? sizeOf(shape) : 0;
  if (count === 0) return [];
  if (type.kind === "number" || type.kind === "other") return null;
  if (count > LONGEST_LIST || count * type.size > data.left)
    refuseHdf5("a list of texts is cut short");
  return Array.from({ length: count }, () => {
    const part = data.inner(type.size);
    if (type.kind === "text") return textOf(withoutZeros(part.bytes));
    const length = part.u32();
    const heap = part.u64();
    return length === 0 ? "" : heaps.text(heap, part.u32(), length);
  });
}

const [COMPACT, CONTIGUOUS] = [0, 1];

function readArray(
  source: Source,
  path: string,
  shape: readonly number[] | null,
  found: (type: number) => FilePart | undefined,
): StoredTensor {
  const what = shortened(path);
  const [typed, layout] = [found(MESSAGE.datatype), found(MESSAGE.layout)];
  if (!shape || !typed || !layout) return refuseHdf5(`"${what}" is no array`);
  const type = readType(typed.inner(typed.left));
  if (type.kind !== "number") {
    const says = type.kind === "other" ? type.says : "texts";
    return refuseHdf5(`"${what}" holds ${says}; read are float32, float64, int32 and uint8`);
  }
  const size = sizeOf(shape);
  const length = size * type.size;
  if (layout.u8() !== 3) refuseHdf5(`"${what}" lies in a way that Keras does not write`);
  const way = layout.u8();
  if (found(MESSAGE.filters) || (way !== CONTIGUOUS && way !== COMPACT)) {
    refuseHdf5(
      `"${what}" lies in chunks, perhaps packed, which is not read; Keras writes arrays in one piece`,
    );
  }
  const place = way === CONTIGUOUS ? layout.address() : null;
  const held = way === CONTIGUOUS ? layout.u64() : layout.u16();
  if (size === 0) return decodeElements(new Uint8Array(0), type.dtype, shape);
  if (!Number.isSafeInteger(length) || held !== length || (way === CONTIGUOUS && place === null)) {
    refuseHdf5(`"${what}" has ${held} bytes, expected ${length} for [${shape.join(", ")}]`);
  }
  const bytes = place === null ? layout.inner(length).bytes : source.part(place, length).bytes;
  return decodeElements(bytes, type.dtype, shape);
}
