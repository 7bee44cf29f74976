// An object of an HDF5 file is a list of messages: what it is, how large, where its numbers are, what is noted of it.

import { type FilePart, refuseHdf5, type Source } from "./source.ts";

/** What messages are, by number; all others say nothing that is read here. */
export const MESSAGE = {
  dataspace: 0x1,
  datatype: 0x3,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

export interface ObjectMessage {
  readonly type: number;
  readonly body: FilePart;
}

const [PREFIX, SHARED] = [16, 2];

/**
 * The messages of the object at an address, those of its continuations behind its own.
 * @throws FileError for damage, and for layouts of HDF5 that Keras does not write
 */
export function messagesAt(source: Source, address: number): ObjectMessage[] {
  const head = source.part(address, PREFIX);
  const version = head.u8();
  if (version !== 1) {
    refuseHdf5(
      `an object at byte ${address} is of another layout than Keras writes; save the file again with Keras (or h5py, without libver)`,
    );
  }
  head.skip(1);
  const count = head.u16();
  head.skip(4);
  const blocks: [at: number, length: number][] = [[address + PREFIX, head.u32()]];
  const messages: ObjectMessage[] = [];
  for (let next = blocks.shift(); next; next = blocks.shift()) {
    const block = source.part(...next);
    while (block.left >= 8 && messages.length < count) {
      const [type, length] = [block.u16(), block.u16()];
      const flags = block.u8();
      block.skip(3);
      const body = block.inner(length);
      messages.push({ type, body });
      if (flags & SHARED && type !== MESSAGE.continuation) {
        refuseHdf5(`an object at byte ${address} shares a part with others, which is not read`);
      }
      if (type === MESSAGE.continuation) blocks.push([body.u64(), body.u64()]);
    }
  }
  return messages;
}
