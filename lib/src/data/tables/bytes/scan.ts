// Cuts bytes into records and fields (RFC 4180, and what spreadsheet programs make of it), whatever the pieces they come in.

import { FileError } from "../../../checks/errors.ts";

/** How fields are told apart: ASCII codes. */
export interface Dialect {
  readonly delimiter: number;
  /** -1 where nothing quotes. */
  readonly quote: number;
}

/** One record. The next one overwrites it. */
export interface CutRecord {
  /** What the fields lie in. */
  bytes: Uint8Array;
  /** Where each begins and ends, without quotes, and without blanks around what is not quoted. */
  starts: Int32Array;
  ends: Int32Array;
  count: number;
  /** The line that it begins on, from 1. */
  line: number;
}

/** No row of a table is as long: a quote that is never closed is found before memory is full. */
const LONGEST = 2 ** 24;
const WIDEST = 2 ** 17;
const LINE_FEED = 10;
const RETURN = 13;
const TAB = 9;

/** Calls back for every record; false ends the reading of a sample. */
export class RecordScanner {
  readonly #fields: CutRecord = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    count: 0,
    line: 1,
  };
  readonly #dialect: Dialect;
  readonly #sink: (record: CutRecord) => void;
  readonly #name: string;
  #line: number;
  /** Of a record whose end has not come yet; looked at again when there is twice as much. */
  #waiting: Uint8Array[] = [];
  #size = 0;
  #enough = 0;
  /** Fields of this record in which quotes are doubled. */
  #doubled: number[] = [];

  constructor(name: string, dialect: Dialect, sink: (record: CutRecord) => void, line = 1) {
    this.#name = name;
    this.#dialect = dialect;
    this.#sink = sink;
    this.#line = line;
  }

  push(chunk: Uint8Array): void {
    const rest = this.#size > 0 ? this.#completed(chunk) : chunk;
    if (rest.length === 0) return;
    this.#size += rest.length;
    const isEnough = this.#size >= this.#enough;
    // What waits is copied: the buffer of a stream may be used again.
    this.#waiting.push(isEnough ? rest : rest.slice());
    if (isEnough) this.#scanAll(false);
  }

  /** Ends the record that waits by the next line, where that does, so that what follows need not be copied. */
  #completed(chunk: Uint8Array): Uint8Array {
    const next = chunk.indexOf(LINE_FEED) + 1;
    if (this.#waiting.length > 1 || next === 0) return chunk;
    const record = joined([...this.#waiting, chunk.subarray(0, next)], this.#size + next);
    this.#keep(record.slice(this.#scan(record, false)));
    return chunk.subarray(next);
  }

  #keep(rest: Uint8Array): void {
    if (rest.length > LONGEST) throw this.#tooLong();
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
    this.#enough = 2 * rest.length;
  }

  /** @throws FileError for a quote that was never closed */
  end(): void {
    this.#scanAll(true);
  }

  #scanAll(isLast: boolean): void {
    const bytes =
      this.#waiting.length === 1 ? this.#waiting[0]! : joined(this.#waiting, this.#size);
    this.#keep(bytes.slice(this.#scan(bytes, isLast)));
  }

  /** @returns where the first record begins that is not whole yet */
  #scan(bytes: Uint8Array, isLast: boolean): number {
    const fields = this.#fields;
    let at = 0;
    while (at < bytes.length) {
      const start = at;
      fields.bytes = bytes;
      fields.count = 0;
      fields.line = this.#line;
      at = this.#record(bytes, at, isLast);
      if (at < 0) {
        this.#line = fields.line;
        this.#doubled = [];
        return start;
      }
      if (at - start > LONGEST) throw this.#tooLong();
      this.#line++;
      if (this.#doubled.length > 0) this.#undouble(start, at);
      if (fields.count > 1 || fields.starts[0]! < fields.ends[0]!) this.#sink(fields);
    }
    return at;
  }

  /** @returns where the next record begins, or -1 where the end of this one is not there */
  #record(bytes: Uint8Array, from: number, isLast: boolean): number {
    const fields = this.#fields;
    const { delimiter, quote } = this.#dialect;
    const { length } = bytes;
    let { starts, ends } = fields;
    let count = 0;
    let at = from;
    for (;;) {
      if (count === starts.length) ({ starts, ends } = this.#widen(count));
      let byte = at < length ? bytes[at]! : 0;
      if (byte === 32 || byte === TAB) {
        at = afterBlanks(bytes, at, delimiter);
        byte = at < length ? bytes[at]! : 0;
      }
      let start = at;
      let end: number;
      if (byte === quote && at < length) {
        fields.count = count;
        start++;
        end = this.#quoted(bytes, start, isLast);
        if (end < 0) return -1;
        at = afterBlanks(bytes, end + 1, delimiter);
      } else {
        while (at < length) {
          byte = bytes[at]!;
          if (byte === delimiter || (byte <= RETURN && isStop(byte))) break;
          at++;
        }
        end = at;
        if (end > start && bytes[end - 1]! <= 32) end = beforeBlanks(bytes, start, end);
      }
      starts[count] = start;
      ends[count++] = end;
      if (at >= length) {
        fields.count = count;
        return isLast ? at : -1;
      }
      const stop = bytes[at++]!;
      if (stop !== delimiter) {
        fields.count = count;
        return this.#afterRecord(bytes, at, stop, isLast);
      }
    }
  }

  /** What follows a field that no delimiter follows. @returns as #record() */
  #afterRecord(bytes: Uint8Array, at: number, stop: number, isLast: boolean): number {
    if (stop === LINE_FEED) return at;
    if (stop === 0) throw this.#binary();
    if (stop !== RETURN) throw this.#afterQuote();
    if (at >= bytes.length) return isLast ? at : -1;
    return bytes[at] === LINE_FEED ? at + 1 : at;
  }

  /** @returns where the closing quote is, or -1 */
  #quoted(bytes: Uint8Array, from: number, isLast: boolean): number {
    const { quote } = this.#dialect;
    const opened = this.#line;
    let at = from;
    let isDoubled = false;
    for (;;) {
      while (at < bytes.length && bytes[at] !== quote) {
        if (bytes[at] === LINE_FEED) this.#line++;
        at++;
      }
      if (at >= bytes.length && isLast) throw this.#unclosed(opened);
      if (at + 1 >= bytes.length && !isLast) return -1;
      if (bytes[at + 1] !== quote) break;
      isDoubled = true;
      at += 2;
    }
    if (isDoubled) this.#doubled.push(this.#fields.count);
    return at;
  }

  #widen(count: number): CutRecord {
    const fields = this.#fields;
    if (count >= WIDEST) {
      const [many, most] = [count, WIDEST].map((size) => size.toLocaleString("en"));
      const says = `has more than ${many} fields; expected a table of at most ${most} columns`;
      throw this.#error(fields.line, says);
    }
    fields.starts = wider(fields.starts);
    fields.ends = wider(fields.ends);
    return fields;
  }

  /** Two quotes in a quoted field are one. The record is copied: its bytes may be somebody else's. */
  #undouble(start: number, end: number): void {
    const fields = this.#fields;
    const own = fields.bytes.slice(start, end);
    fields.bytes = own;
    for (let i = 0; i < fields.count; i++) {
      fields.starts[i]! -= start;
      fields.ends[i]! -= start;
    }
    for (const i of this.#doubled) {
      let to = fields.starts[i]!;
      for (let at = to; at < fields.ends[i]!; at++) {
        own[to++] = own[at]!;
        if (own[at] === this.#dialect.quote) at++;
      }
      fields.ends[i] = to;
    }
    this.#doubled = [];
  }

  #error(line: number, says: string): FileError {
    return new FileError(`${this.#name}: line ${line} ${says}`);
  }

  #unclosed(line: number): FileError {
    const field = this.#fields.count + 1;
    return this.#error(
      line,
      `opens a quote in field ${field} that is never closed; expected a quote before the end of the file, or quotes within a field written twice`,
    );
  }

  #afterQuote(): FileError {
    const field = this.#fields.count;
    const says = `goes on behind the closing quote of field ${field}; expected a delimiter or the end of the line there, and quotes within a field written twice`;
    return this.#error(this.#line, says);
  }

  #binary(): FileError {
    const field = this.#fields.count;
    return this.#error(this.#line, `has a zero byte in field ${field}; expected text`);
  }

  #tooLong(): FileError {
    const { count, line } = this.#fields;
    return this.#error(
      line,
      `begins a row of more than ${LONGEST / 2 ** 20} MiB, in field ${count + 1}; expected shorter rows (is a quote never closed, or is this no table?)`,
    );
  }
}

const isStop = (byte: number): boolean => byte === LINE_FEED || byte === RETURN || byte === 0;

function afterBlanks(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at] === 32 || (bytes[at] === TAB && delimiter !== TAB)) at++;
  return at;
}

function beforeBlanks(bytes: Uint8Array, start: number, from: number): number {
  let end = from;
  while (end > start && (bytes[end - 1] === 32 || bytes[end - 1] === TAB)) end--;
  return end;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function wider(list: Int32Array): Int32Array {
  const out = new Int32Array(2 * list.length);
  out.set(list);
  return out;
}
