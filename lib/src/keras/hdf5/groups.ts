// The members of a group: a B-tree of symbol tables, whose names lie in a heap.

import { shortened } from "../../checks/nearest.ts";
import { refuseHdf5, type Source } from "./source.ts";

const [TREE_HEAD, TABLE_HEAD, HEAP_HEAD, KEY, CHILD, ENTRY] = [24, 8, 32, 8, 8, 40];
const MOST_LEVELS = 8;
const GROUP_TREE = 0;

/**
 * The addresses of a group's members by name, in the order of their names.
 * @throws FileError for damage, and for members that lie in another file
 */
export function membersOf(source: Source, tree: number, heap: number): Map<string, number> {
  const names = namesIn(source, heap);
  const members = new Map<string, number>();
  const walk = (address: number, level: number): void => {
    const head = source.part(address, TREE_HEAD);
    head.expect("TREE");
    const [type, own, count] = [head.u8(), head.u8(), head.u16()];
    if (type !== GROUP_TREE || own !== level) refuseHdf5(`the tree at byte ${address} is damaged`);
    const body = source.part(address + TREE_HEAD, count * (KEY + CHILD));
    for (let i = 0; i < count; i++) {
      body.skip(KEY);
      const child = body.u64();
      if (level > 0) walk(child, level - 1);
      else readTable(child);
    }
  };
  const readTable = (address: number): void => {
    const head = source.part(address, TABLE_HEAD);
    head.expect("SNOD");
    head.skip(2);
    const count = head.u16();
    const body = source.part(address + TABLE_HEAD, count * ENTRY);
    for (let i = 0; i < count; i++) {
      const entry = body.inner(ENTRY);
      const name = names(entry.u64());
      const object = entry.address();
      if (object === null) refuseHdf5(`"${shortened(name)}" is a link, which is not followed`);
      if (members.has(name)) refuseHdf5(`two members of a group are named "${shortened(name)}"`);
      members.set(name, object);
    }
  };
  const level = levelOf(source, tree);
  walk(tree, level);
  return members;
}

function levelOf(source: Source, tree: number): number {
  const head = source.part(tree, TREE_HEAD);
  head.expect("TREE");
  head.skip(1);
  const level = head.u8();
  if (level > MOST_LEVELS) refuseHdf5(`the tree at byte ${tree} has ${level} levels`);
  return level;
}

/** Names by their place in a heap. */
function namesIn(source: Source, heap: number): (place: number) => string {
  const head = source.part(heap, HEAP_HEAD);
  head.expect("HEAP");
  head.skip(4);
  const length = head.u64();
  head.skip(8);
  const start = head.u64();
  return (place) => {
    if (place >= length) refuseHdf5(`a name lies outside of the heap at byte ${heap}`);
    const end = source.bytes.indexOf(0, start + place);
    const name = end < 0 || end > start + length ? length - place : end - start - place;
    return source.part(start + place, name).letters(name);
  };
}
