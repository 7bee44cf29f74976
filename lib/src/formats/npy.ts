// NPY: one array in a file, as NumPy's save() writes it (NumPy Enhancement Proposal 1, versions 1 to 3 of the format).

import { ArgumentError, FileError } from "../checks/errors.ts";
import { allocate, type DataArray, type DType } from "../ir/dtype.ts";
import { type Shape, showShape } from "../ir/shape.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { HALF, widenBits } from "./small-float.ts";
import { countElements, expectStorable, type StoredTensor } from "./stored-tensor.ts";

interface NumberKind {
  readonly dtype: DType;
  readonly bytes: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const halfOf = widenBits(HALF);

/** Whole numbers of 64 bits; what a double cannot tell from its neighbours comes out as NaN. */
function exactly(value: bigint): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : Number.NaN;
}

/** By NumPy's letter and size. Whole numbers become int32, where they are so small. */
const KINDS: Readonly<Record<string, NumberKind>> = {
  b1: { dtype: "bool", bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { dtype: "uint8", bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { dtype: "int32", bytes: 1, read: (view, at) => view.getInt8(at) },
  u2: { dtype: "int32", bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { dtype: "int32", bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { dtype: "int32", bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { dtype: "int32", bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u8: { dtype: "int32", bytes: 8, read: (v, at, little) => exactly(v.getBigUint64(at, little)) },
  i8: { dtype: "int32", bytes: 8, read: (v, at, little) => exactly(v.getBigInt64(at, little)) },
  f2: { dtype: "float32", bytes: 2, read: (v, at, little) => halfOf(v.getUint16(at, little)) },
  f4: { dtype: "float32", bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { dtype: "float64", bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
/** NumPy itself pads headers to 64 bytes, and reads none of more than 10,000. */
const MOST_HEADER = 10_000;
const MOST_AXES = 64;

/**
 * Reads a file of numpy.save(): numbers and booleans of any size, in either order of bytes and of axes. Whole
 * numbers come as int32 (bytes as uint8), halves as float32. Files of Python objects are refused; nothing
 * in a file is executed.
 * @throws FileError naming what is wrong with the file
 */
export function decodeNpy(bytes: Bytes): StoredTensor {
  const file = bytesOf("decodeNpy", bytes);
  const header = readHeader(file);
  const { kind, shape, isFortran, dataStart } = header;
  const { elements, expected } = sizeOfData(header);
  const received = file.length - dataStart;
  if (received < expected) {
    refuse(`the data is cut short: expected ${expected} bytes, received ${received}`);
  }
  if (received > expected) refuse(`trailing bytes: ${received - expected} after the data`);
  const body = file.subarray(dataStart);
  const isPlain = !isFortran || shape.length < 2;
  if (isPlain && isAsHere(header)) {
    const data = allocate(kind.dtype, elements);
    new Uint8Array(data.buffer).set(body);
    return { dtype: kind.dtype, shape, data };
  }
  const data = readElements(body, header, elements, isPlain ? null : fortranPlaces(shape));
  return { dtype: kind.dtype, shape, data };
}

/** Whether the bytes are those of an array on this machine. */
function isAsHere({ kind, little }: Header): boolean {
  const isSame =
    kind === KINDS["u1"] || kind === KINDS["i4"] || kind === KINDS["f4"] || kind === KINDS["f8"];
  return isSame && (little === IS_LITTLE || kind.bytes === 1);
}

const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function readElements(
  body: Uint8Array,
  { kind, little }: Header,
  elements: number,
  placeOf: ((index: number) => number) | null,
): DataArray {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const data = allocate(kind.dtype, elements);
  for (let i = 0; i < elements; i++) {
    const value = kind.read(view, (placeOf ? placeOf(i) : i) * kind.bytes, little);
    if (kind.dtype === "int32" && (value | 0) !== value) {
      const number = Number.isNaN(value) ? "a number" : String(value);
      refuse(`element ${i} is ${number} beyond what int32 holds`);
    }
    if (kind.dtype === "bool" && value > 1)
      refuse(`element ${i} is ${value}, expected false or true`);
    data[i] = value;
  }
  return data;
}

/**
 * How long an NPY file says it is, from its beginning: so that no more of it need be read.
 * @param start the first 10,012 bytes, or the whole file where it is shorter
 * @throws FileError where this is no NPY file that is read
 */
export function npyLength(start: Bytes): number {
  const header = readHeader(bytesOf("npyLength", start));
  return header.dataStart + sizeOfData(header).expected;
}

interface Header {
  readonly kind: NumberKind;
  readonly little: boolean;
  readonly shape: Shape;
  /** The first axis moves fastest. */
  readonly isFortran: boolean;
  readonly dataStart: number;
}

function sizeOfData({ shape, kind }: Header) {
  const elements = countElements(shape);
  const expected = (elements ?? Number.NaN) * kind.bytes;
  if (elements === undefined || !Number.isSafeInteger(expected)) {
    const shown =
      shape.length > 8 ? `${shape.length} dimensions` : `dimensions ${showShape(shape)}`;
    return refuse(`${shown} are too large to exist`);
  }
  return { elements, expected };
}

function readHeader(bytes: Uint8Array): Header {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    refuse("bad magic: expected a file that begins with \\x93NUMPY");
  }
  const version = bytes[6];
  if (version !== undefined && (version < 1 || version > 3)) {
    refuse(`version ${version} of the format is not read, expected 1 to 3`);
  }
  const textStart = version === 1 ? 10 : 12;
  if (bytes.length < textStart) refuse("the header is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MOST_HEADER) refuse(`a header of ${length} bytes, expected at most ${MOST_HEADER}`);
  const dataStart = textStart + length;
  if (bytes.length < dataStart) {
    refuse(
      `the header is cut short: expected ${length} bytes, received ${bytes.length - textStart}`,
    );
  }
  const text = String.fromCharCode(...bytes.subarray(textStart, dataStart));
  return { ...parseHeader(text), dataStart };
}

/** A dict of Python with three entries. It is matched, and never evaluated. */
function parseHeader(text: string): Omit<Header, "dataStart"> {
  if (!/^\{.*\}\s*$/s.test(text)) refuse("the header is damaged: expected a dict");
  if (/'descr'\s*:\s*\[/.test(text)) refuse("it holds records; expected plain numbers");
  const [, descr] = /'descr'\s*:\s*'([^']*)'/.exec(text) ?? refuse("the header has no 'descr'");
  const [, order] =
    /'fortran_order'\s*:\s*(True|False)/.exec(text) ?? refuse("the header has no 'fortran_order'");
  const [, list] =
    /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text) ?? refuse("the header has no 'shape'");
  const dims = list!.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  if (dims.length > MOST_AXES) refuse(`${dims.length} dimensions, expected at most ${MOST_AXES}`);
  if (!dims.every((dim) => /^\d+L?$/.test(dim))) refuse("the header's 'shape' is damaged");
  const [kind, little] = numberKind(descr!);
  const shape = dims.map((dim) => Number.parseInt(dim, 10));
  return { kind, little, shape, isFortran: order === "True" };
}

function numberKind(descr: string): [NumberKind, boolean] {
  const [, order, name] = /^([<>|=]?)(\w+)$/.exec(descr) ?? [];
  if (name?.startsWith("O")) {
    refuse("it holds Python objects, pickled: reading them would execute what the file says");
  }
  if (/^[US]\d/.test(name ?? "")) refuse("it holds texts; expected numbers");
  if (name !== undefined && Object.hasOwn(KINDS, name)) return [KINDS[name]!, order !== ">"];
  const known = Object.keys(KINDS).join(", ");
  return refuse(`unknown element type ${JSON.stringify(descr)}, expected one of ${known}`);
}

/** Where in the file, whose first axis moves fastest, the elements are in the order of the last one. */
function fortranPlaces(shape: Shape): (index: number) => number {
  const strides: number[] = [];
  let stride = 1;
  for (const dim of shape) {
    strides.push(stride);
    stride *= dim;
  }
  return (index) => {
    let [rest, place] = [index, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const dim = shape[axis]!;
      place += (rest % dim) * strides[axis]!;
      rest = Math.floor(rest / dim);
    }
    return place;
  };
}

/** What numpy.load() takes each type for, all little-endian. */
const WRITTEN: Readonly<Record<DType, string>> = {
  bool: "|b1",
  uint8: "|u1",
  int32: "<i4",
  float32: "<f4",
  float64: "<f8",
};

/**
 * The bytes of an NPY file, as numpy.save() writes it (version 1, C order).
 * @throws ArgumentError for what is no array, and for one of more than 64 axes
 */
export function encodeNpy(tensor: StoredTensor): Uint8Array {
  expectStorable("npy", tensor);
  const { dtype, shape, data } = tensor;
  if (shape.length > MOST_AXES) {
    throw new ArgumentError(`npy: ${shape.length} axes are too many for the format`);
  }
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${WRITTEN[dtype]}', 'fortran_order': False, 'shape': (${dims}), }`;
  const before = 10;
  const length = Math.ceil((before + dict.length + 1) / 64) * 64 - before;
  const width = data.BYTES_PER_ELEMENT;
  const out = new Uint8Array(before + length + data.length * width);
  out.set([...MAGIC, 1, 0, length & 0xff, length >> 8]);
  out.set(new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`), before);
  writeData(new DataView(out.buffer, before + length), tensor);
  return out;
}

function writeData(view: DataView, { dtype, data }: StoredTensor): void {
  const width = data.BYTES_PER_ELEMENT;
  for (let i = 0; i < data.length; i++) {
    const [at, value] = [i * width, data[i]!];
    if (dtype === "float32") view.setFloat32(at, value, true);
    else if (dtype === "float64") view.setFloat64(at, value, true);
    else if (dtype === "int32") view.setInt32(at, value, true);
    else view.setUint8(at, value);
  }
}

function refuse(problem: string): never {
  throw new FileError(`npy: ${problem}`);
}
