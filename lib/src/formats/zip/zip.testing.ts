// Zip archives that tests make: stored or deflated entries, as numpy.savez and savez_compressed write them.

import { crc32, deflateRawSync } from "node:zlib";

export function zipOf(
  files: Readonly<Record<string, Uint8Array>>,
  isPacked = false,
): Uint8Array<ArrayBuffer> {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const body = isPacked ? deflateRawSync(content) : Buffer.from(content);
    const bare = Buffer.from(name);
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(20, 0); // the version that is needed
    facts.writeUInt16LE(isPacked ? 8 : 0, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(content.length, 18);
    const names = Buffer.alloc(4);
    names.writeUInt16LE(bare.length, 0);
    locals.push(Buffer.from("PK\x03\x04"), facts, names, bare, body);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    const made = Buffer.concat([
      Buffer.from("PK\x01\x02\x14\0"),
      facts,
      names.subarray(0, 4),
      rest,
    ]);
    directory.push(made, bare);
    at += 30 + bare.length + body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...locals, list, end]));
}
