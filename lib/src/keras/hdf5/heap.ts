// Texts of any length: they lie in heaps, under numbers.

import { refuseHdf5, type Source, textOf, withoutZeros } from "./source.ts";

const [HEAD, OBJECT_HEAD] = [16, 16];

/** Where an object of a heap is. */
interface HeapPlace {
  readonly at: number;
  readonly length: number;
}

/** Reads texts by the address of their heap and their number in it. */
export class TextHeaps {
  readonly #source: Source;
  readonly #heaps = new Map<number, ReadonlyMap<number, HeapPlace>>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** @throws FileError where it is not there */
  text(heap: number, index: number, length: number): string {
    const places = this.#heaps.get(heap) ?? this.#open(heap);
    const place = places.get(index);
    if (!place || place.length < length)
      refuseHdf5(`text ${index} of the heap at byte ${heap} is not there`);
    return textOf(withoutZeros(this.#source.part(place.at, length).bytes));
  }

  #open(address: number): ReadonlyMap<number, HeapPlace> {
    const head = this.#source.part(address, HEAD);
    head.expect("GCOL");
    head.skip(4);
    const end = address + head.u64();
    const places = new Map<number, HeapPlace>();
    for (let at = address + HEAD; at + OBJECT_HEAD <= end; ) {
      const object = this.#source.part(at, OBJECT_HEAD);
      const index = object.u16();
      object.skip(6);
      const length = object.u64();
      if (index === 0) break; // what is free
      places.set(index, { at: at + OBJECT_HEAD, length });
      at += OBJECT_HEAD + Math.ceil(length / 8) * 8;
    }
    this.#heaps.set(address, places);
    return places;
  }
}
