// Writes HDF5 files that h5py and Keras read: groups, attributes that are texts, arrays in one piece.

import { ArgumentError } from "../../checks/errors.ts";
import type { Piece } from "../../formats/piece.ts";
import type { StoredTensor } from "../../formats/stored-tensor.ts";
import { encodeElements } from "./elements.ts";
import { FileLayout } from "./file-layout.ts";
import { MESSAGE } from "./messages.ts";
import { SIGNATURE } from "./signature.ts";
import { UNDEFINED } from "./source.ts";

/** Attributes by name: a text, or a list of texts. */
export type Hdf5Attributes = Readonly<Record<string, string | readonly string[]>>;

/** A group that is to be written; members by name. */
export interface Hdf5Group {
  readonly attributes: Hdf5Attributes;
  readonly members: ReadonlyMap<string, Hdf5Group | StoredTensor>;
}

/** Half of what a leaf and a node of a tree hold. */
const [LEAF_K, NODE_K] = [4, 16];
const [HEADER, MESSAGE_HEAD, MOST_MESSAGE] = [16, 8, 64_512];
const FILL_VALUE = 0x5;
const MOST_TEXTS = 65_535;
const SMALLEST_HEAP = 4096;
const utf8 = new TextEncoder();

/** The bytes of a file: the same for the same tree. @throws ArgumentError for what does not fit into one */
export function writeHdf5(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  const file = new FileLayout();
  const superblock = file.reserve(96);
  const texts = new Texts(file, countTexts(root), sizeOfTexts(root));
  const { header, tree, heap } = writeGroup(file, texts, root);
  superblock
    .bytes(SIGNATURE)
    .u8(0, 0, 0, 0, 0, 8, 8, 0)
    .u16(LEAF_K, NODE_K)
    .u32(0)
    .u64(0, UNDEFINED, file.length, UNDEFINED)
    .u64(0, header)
    .u32(1, 0)
    .u64(tree, heap);
  return file.content();
}

interface WrittenGroup {
  readonly header: number;
  readonly tree: number;
  readonly heap: number;
}

function writeGroup(file: FileLayout, texts: Texts, group: Hdf5Group): WrittenGroup {
  const names = [...group.members.keys()].sort(byBytes);
  const objects = names.map((name) => {
    const member = group.members.get(name)!;
    if (!("members" in member)) return { name, header: writeArray(file, member) };
    return { name, ...writeGroup(file, texts, member) };
  });
  const { heap, places } = writeNames(file, names);
  const leaves = chunks(objects, 2 * LEAF_K).map((own) => {
    const table = file.reserve(8 + 2 * LEAF_K * 40);
    table.text("SNOD").u8(1, 0).u16(own.length);
    for (const object of own) {
      const inner = "tree" in object ? object : null;
      table.u64(places.get(object.name)!, object.header).u32(inner ? 1 : 0, 0);
      if (inner) table.u64(inner.tree, inner.heap);
      else table.u64(0, 0);
    }
    return { at: table.start, last: places.get(own.at(-1)!.name)! };
  });
  const tree = writeTree(file, leaves);
  const header = writeHeader(file, [
    { type: MESSAGE.symbolTable, write: (to) => to.u64(tree, heap), length: 16 },
    ...Object.entries(group.attributes).map(([name, value]) => attribute(texts, name, value)),
  ]);
  return { header, tree, heap };
}

/** HDF5 looks names up in the order of their bytes. */
function byBytes(a: string, b: string): number {
  const [x, y] = [utf8.encode(a), utf8.encode(b)];
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );

/** Names one after the other, each to a multiple of eight; the first is empty. */
function writeNames(file: FileLayout, names: readonly string[]) {
  const places = new Map<string, number>();
  let length = 8;
  for (const name of names) {
    places.set(name, length);
    length += padded(utf8.encode(name).length + 1);
  }
  const data = file.reserve(length);
  data.skip(8);
  for (const name of names) {
    const bytes = utf8.encode(name);
    data.bytes(bytes).skip(padded(bytes.length + 1) - bytes.length);
  }
  const head = file.reserve(32);
  head.text("HEAP").u8(0, 0, 0, 0).u64(length, 1, data.start);
  return { heap: head.start, places };
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

interface TreeChild {
  readonly at: number;
  /** Where the last name of it is. */
  readonly last: number;
}

/** The address of the uppermost node. */
function writeTree(file: FileLayout, leaves: readonly TreeChild[]): number {
  let [level, children] = [0, leaves];
  for (;;) {
    const nodes: TreeChild[] = [];
    const parts = children.length === 0 ? [[]] : chunks(children, 2 * NODE_K);
    const places = parts.map(() => file.reserve(24 + (4 * NODE_K + 1) * 8));
    let before = 0;
    parts.forEach((own, i) => {
      const [left, right] = [places[i - 1]?.start, places[i + 1]?.start];
      const node = places[i]!;
      node.text("TREE").u8(0, level).u16(own.length);
      node.u64(left ?? UNDEFINED, right ?? UNDEFINED, before);
      for (const { at, last } of own) node.u64(at, last);
      before = own.at(-1)?.last ?? 0;
      nodes.push({ at: node.start, last: before });
    });
    if (nodes.length === 1) return nodes[0]!.at;
    [level, children] = [level + 1, nodes];
  }
}

interface WrittenMessage {
  readonly type: number;
  /** A multiple of eight. */
  readonly length: number;
  readonly write: (to: Piece) => void;
}

function writeHeader(file: FileLayout, messages: readonly WrittenMessage[]): number {
  const total = messages.reduce((sum, { length }) => sum + MESSAGE_HEAD + length, 0);
  const header = file.reserve(HEADER + total);
  header.u8(1, 0).u16(messages.length).u32(1, total, 0);
  for (const { type, length, write } of messages) {
    header.u16(type, length).u8(0, 0, 0, 0);
    const end = header.at + length;
    write(header);
    header.skip(end - header.at);
  }
  return header.start;
}

/** A text of any length in UTF-8, of unsigned bytes. */
const TEXT_TYPE = [
  0x19, 0x01, 0x01, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0,
] as const;
const TYPES: Readonly<Record<string, readonly number[]>> = {
  float32: [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
  float64: [0x11, 0x20, 0x3f, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 255, 3, 0, 0],
  int32: [0x10, 0x08, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0],
  uint8: [0x10, 0x00, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0],
};

function attribute(texts: Texts, name: string, value: string | readonly string[]): WrittenMessage {
  const list = typeof value === "string" ? [value] : value;
  const rank = typeof value === "string" ? 0 : 1;
  const label = utf8.encode(`${name}\0`);
  const [spaceLength, typeLength] = [8 + 8 * rank, TEXT_TYPE.length];
  const length = padded(
    8 + padded(label.length) + padded(typeLength) + spaceLength + 16 * list.length,
  );
  if (length > MOST_MESSAGE) {
    throw new ArgumentError(
      `HDF5: the list "${name}" of ${list.length} texts is too long for the format`,
    );
  }
  return {
    type: MESSAGE.attribute,
    length,
    write: (to) => {
      to.u8(1, 0).u16(label.length, typeLength, spaceLength);
      to.bytes(label).skip(padded(label.length) - label.length);
      to.u8(...TEXT_TYPE).skip(padded(typeLength) - typeLength);
      to.u8(1, rank, 0, 0).u32(0);
      if (rank === 1) to.u64(list.length);
      for (const text of list) texts.refer(to, text);
    },
  };
}

/** The address of the object of an array. */
function writeArray(file: FileLayout, tensor: StoredTensor): number {
  const type = TYPES[tensor.dtype];
  if (!type) throw new ArgumentError(`HDF5: arrays of ${tensor.dtype} are not written`);
  const bytes = encodeElements(tensor);
  const data = bytes.length === 0 ? null : file.reserve(bytes.length);
  data?.bytes(bytes);
  const { shape } = tensor;
  return writeHeader(file, [
    {
      type: MESSAGE.dataspace,
      length: 8 + 8 * shape.length,
      write: (to) =>
        to
          .u8(1, shape.length, 0, 0)
          .u32(0)
          .u64(...shape),
    },
    { type: MESSAGE.datatype, length: padded(type.length), write: (to) => to.u8(...type) },
    // Memory is taken when numbers are written; nothing is said of numbers that never were.
    { type: FILL_VALUE, length: 8, write: (to) => to.u8(2, 2, 2, 1) },
    {
      type: MESSAGE.layout,
      length: 24,
      write: (to) => to.u8(3, 1).u64(data?.start ?? UNDEFINED, bytes.length),
    },
  ]);
}

function textsOf(group: Hdf5Group): string[] {
  const inner = [...group.members.values()].flatMap((member) =>
    "members" in member ? textsOf(member) : [],
  );
  return [...Object.values(group.attributes).flat(), ...inner] as string[];
}

const countTexts = (group: Hdf5Group): number => textsOf(group).length;
const sizeOfTexts = (group: Hdf5Group): number =>
  textsOf(group).reduce((sum, text) => sum + 16 + padded(utf8.encode(text).length), 0);

/** One heap for all texts of a file. */
class Texts {
  readonly #heap: Piece;
  #count = 0;

  constructor(file: FileLayout, count: number, size: number) {
    if (count > MOST_TEXTS) {
      throw new ArgumentError(
        `HDF5: ${count} texts are more than ${MOST_TEXTS}, the most of one heap`,
      );
    }
    const used = 16 + size;
    const length = Math.max(SMALLEST_HEAP, used + 16);
    this.#heap = file.reserve(length);
    this.#heap.text("GCOL").u8(1, 0, 0, 0).u64(length);
    // What is left is the object of number 0.
    const free = this.#heap.at;
    this.#heap
      .skip(size)
      .u16(0, 0)
      .u32(0)
      .u64(length - used);
    this.#heap.at = free;
  }

  refer(to: Piece, text: string): void {
    const bytes = utf8.encode(text);
    this.#heap
      .u16(++this.#count, 1)
      .u32(0)
      .u64(bytes.length);
    this.#heap.bytes(bytes).skip(padded(bytes.length) - bytes.length);
    to.u32(bytes.length).u64(this.#heap.start).u32(this.#count);
  }
}
