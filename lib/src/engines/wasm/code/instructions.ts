// The WebAssembly instructions that the compiler uses: opcode, operands, result, immediates.

export type WasmType = "i32" | "i64" | "f32" | "f64" | "v128";

export interface Instruction {
  /** A byte before the opcode; 0 for none. */
  readonly prefix: number;
  readonly opcode: number;
  readonly operands: readonly WasmType[];
  readonly result: WasmType | null;
  /** Where an offset into memory follows, and the alignment before it, as a power of two; else null. */
  readonly alignment: number | null;
  /** How many lane numbers follow. */
  readonly lanes: number;
  /** How many numbers of memories follow. */
  readonly memories: number;
}

const TYPES: ReadonlySet<string> = new Set(["i32", "i64", "f32", "f64", "v128"]);

/**
 * Rows of "name opcode" under their signature. Opcodes above 0xff have a prefix byte: 0xfc for the
 * saturating and bulk ones, 0xfd for vectors, 0xfe for atomics; the rest is the number behind it.
 */
const TABLE = {
  "i32 -> i32": "i32.eqz 45 i32.clz 67 i32.ctz 68 i32.popcnt 69",
  "i32 i32 -> i32":
    "i32.eq 46 i32.ne 47 i32.lt_s 48 i32.lt_u 49 i32.gt_s 4a i32.gt_u 4b i32.le_s 4c i32.le_u 4d i32.ge_s 4e i32.ge_u 4f " +
    "i32.add 6a i32.sub 6b i32.mul 6c i32.div_s 6d i32.div_u 6e i32.rem_s 6f i32.rem_u 70 " +
    "i32.and 71 i32.or 72 i32.xor 73 i32.shl 74 i32.shr_s 75 i32.shr_u 76 i32.rotl 77 i32.rotr 78",
  "i64 -> i32": "i64.eqz 50 i32.wrap_i64 a7",
  "i64 i64 -> i32": "i64.eq 51 i64.ne 52 i64.lt_s 53 i64.lt_u 54 i64.gt_s 55 i64.gt_u 56",
  "i64 i64 -> i64":
    "i64.add 7c i64.sub 7d i64.mul 7e i64.div_s 7f i64.div_u 80 i64.rem_s 81 i64.rem_u 82 " +
    "i64.and 83 i64.or 84 i64.xor 85 i64.shl 86 i64.shr_s 87 i64.shr_u 88",
  "f32 f32 -> i32": "f32.eq 5b f32.ne 5c f32.lt 5d f32.gt 5e f32.le 5f f32.ge 60",
  "f64 f64 -> i32": "f64.eq 61 f64.ne 62 f64.lt 63 f64.gt 64 f64.le 65 f64.ge 66",
  "f32 -> f32":
    "f32.abs 8b f32.neg 8c f32.ceil 8d f32.floor 8e f32.trunc 8f f32.nearest 90 f32.sqrt 91",
  "f32 f32 -> f32":
    "f32.add 92 f32.sub 93 f32.mul 94 f32.div 95 f32.min 96 f32.max 97 f32.copysign 98",
  "f64 -> f64":
    "f64.abs 99 f64.neg 9a f64.ceil 9b f64.floor 9c f64.trunc 9d f64.nearest 9e f64.sqrt 9f",
  "f64 f64 -> f64":
    "f64.add a0 f64.sub a1 f64.mul a2 f64.div a3 f64.min a4 f64.max a5 f64.copysign a6",
  "i32 -> i64": "i64.extend_i32_s ac i64.extend_i32_u ad",
  "i32 -> f32": "f32.convert_i32_s b2 f32.convert_i32_u b3 f32.reinterpret_i32 be",
  "f64 -> f32": "f32.demote_f64 b6",
  "i32 -> f64": "f64.convert_i32_s b7 f64.convert_i32_u b8",
  "i64 -> f64": "f64.convert_i64_s b9 f64.reinterpret_i64 bf",
  "f32 -> f64": "f64.promote_f32 bb",
  "f32 -> i32": "i32.reinterpret_f32 bc i32.trunc_sat_f32_s fc00 i32.trunc_sat_f32_u fc01",
  "f64 -> i64": "i64.reinterpret_f64 bd",
  "f64 -> i32": "i32.trunc_sat_f64_s fc02 i32.trunc_sat_f64_u fc03",
  "i32 -> i32 memory":
    "i32.load 28 i32.load8_s 2c i32.load8_u 2d i32.load16_s 2e i32.load16_u 2f i32.atomic.load fe10",
  "i32 -> i64 memory": "i64.load 29",
  "i32 -> f32 memory": "f32.load 2a",
  "i32 -> f64 memory": "f64.load 2b",
  "i32 i32 -> memory": "i32.store 36 i32.store8 3a i32.store16 3b i32.atomic.store fe17",
  "i32 i64 -> memory": "i64.store 37",
  "i32 f32 -> memory": "f32.store 38",
  "i32 f64 -> memory": "f64.store 39",
  "i32 i32 -> i32 memory": "memory.atomic.notify fe00 i32.atomic.rmw.add fe1e",
  "i32 i32 i64 -> i32 memory": "memory.atomic.wait32 fe01",
  "i32 i32 i32 ->": "memory.copy fc0a memory.fill fc0b",
  "->": "unreachable 00",
  "i32 -> v128 memory":
    "v128.load fd00 v128.load8x8_u fd02 v128.load16x4_u fd04 v128.load32_splat fd09 v128.load64_splat fd0a v128.load32_zero fd5c v128.load64_zero fd5d",
  "i32 v128 -> memory": "v128.store fd0b",
  "i32 v128 -> v128 memory lane":
    "v128.load8_lane fd54 v128.load32_lane fd56 v128.load64_lane fd57",
  "i32 v128 -> memory lane":
    "v128.store8_lane fd58 v128.store16_lane fd59 v128.store32_lane fd5a v128.store64_lane fd5b",
  "v128 v128 -> v128 lanes": "i8x16.shuffle fd0d",
  "i32 -> v128": "i8x16.splat fd0f i32x4.splat fd11",
  "i64 -> v128": "i64x2.splat fd12",
  "f32 -> v128": "f32x4.splat fd13",
  "f64 -> v128": "f64x2.splat fd14",
  "v128 -> i32 lane": "i8x16.extract_lane_u fd16 i32x4.extract_lane fd1b",
  "v128 -> i64 lane": "i64x2.extract_lane fd1d",
  "v128 -> f32 lane": "f32x4.extract_lane fd1f",
  "v128 -> f64 lane": "f64x2.extract_lane fd21",
  "v128 i32 -> v128 lane": "i32x4.replace_lane fd1c",
  "v128 f32 -> v128 lane": "f32x4.replace_lane fd20",
  "v128 f64 -> v128 lane": "f64x2.replace_lane fd22",
  "v128 -> i32":
    "v128.any_true fd53 i32x4.all_true fda3 i32x4.bitmask fda4 i64x2.bitmask fdc4 i8x16.bitmask fd64",
  "v128 i32 -> v128":
    "i32x4.shl fdab i32x4.shr_s fdac i32x4.shr_u fdad i64x2.shl fdcb i64x2.shr_s fdcc i64x2.shr_u fdcd i16x8.shr_u fd8d",
  "v128 v128 v128 -> v128":
    "v128.bitselect fd52 f32x4.relaxed_madd fd105 f32x4.relaxed_nmadd fd106 f64x2.relaxed_madd fd107",
  "v128 -> v128":
    "v128.not fd4d f32x4.ceil fd67 f32x4.floor fd68 f32x4.trunc fd69 f32x4.nearest fd6a " +
    "f32x4.abs fde0 f32x4.neg fde1 f32x4.sqrt fde3 f64x2.abs fdec f64x2.neg fded f64x2.sqrt fdef " +
    "f64x2.ceil fd74 f64x2.floor fd75 f64x2.trunc fd7a f64x2.nearest fd94 " +
    "f32x4.demote_f64x2_zero fd5e f64x2.promote_low_f32x4 fd5f " +
    "i32x4.abs fda0 i32x4.neg fda1 i16x8.extend_low_i8x16_s fd87 i16x8.extend_low_i8x16_u fd89 i16x8.extend_high_i8x16_u fd8a " +
    "i32x4.extend_low_i16x8_s fda7 i32x4.extend_low_i16x8_u fda9 i32x4.extend_high_i16x8_u fdaa " +
    "i64x2.extend_low_i32x4_s fdc7 i64x2.extend_high_i32x4_s fdc8 i64x2.extend_low_i32x4_u fdc9 i64x2.extend_high_i32x4_u fdca " +
    "i32x4.trunc_sat_f32x4_s fdf8 i32x4.trunc_sat_f32x4_u fdf9 f32x4.convert_i32x4_s fdfa f32x4.convert_i32x4_u fdfb " +
    "i32x4.trunc_sat_f64x2_s_zero fdfc f64x2.convert_low_i32x4_s fdfe",
  "v128 v128 -> v128":
    "i8x16.swizzle fd0e i32x4.eq fd37 i32x4.ne fd38 i32x4.lt_s fd39 i32x4.lt_u fd3a i32x4.gt_s fd3b i32x4.gt_u fd3c " +
    "i32x4.le_s fd3d i32x4.le_u fd3e i32x4.ge_s fd3f i32x4.ge_u fd40 " +
    "f32x4.eq fd41 f32x4.ne fd42 f32x4.lt fd43 f32x4.gt fd44 f32x4.le fd45 f32x4.ge fd46 " +
    "f64x2.eq fd47 f64x2.ne fd48 f64x2.lt fd49 f64x2.gt fd4a f64x2.le fd4b f64x2.ge fd4c " +
    "v128.and fd4e v128.andnot fd4f v128.or fd50 v128.xor fd51 " +
    "i8x16.narrow_i16x8_u fd66 i16x8.narrow_i32x4_u fd86 i16x8.narrow_i32x4_s fd85 " +
    "i32x4.add fdae i32x4.sub fdb1 i32x4.mul fdb5 i32x4.min_s fdb6 i32x4.max_s fdb8 i32x4.min_u fdb7 i32x4.max_u fdb9 " +
    "i64x2.add fdce i64x2.sub fdd1 i64x2.mul fdd5 i64x2.eq fdd6 " +
    "f32x4.add fde4 f32x4.sub fde5 f32x4.mul fde6 f32x4.div fde7 f32x4.min fde8 f32x4.max fde9 f32x4.pmin fdea f32x4.pmax fdeb " +
    "f64x2.add fdf0 f64x2.sub fdf1 f64x2.mul fdf2 f64x2.div fdf3 f64x2.min fdf4 f64x2.max fdf5 f64x2.pmin fdf6 f64x2.pmax fdf7",
} as const;

/** What follows an opcode, as the table has it behind the arrow. */
const LANES: Readonly<Record<string, number>> = { lane: 1, "memory lane": 1, lanes: 16 };
/** memory.copy and memory.fill end with the numbers of the memories. */
const MEMORIES: Readonly<Record<string, number>> = { "memory.copy": 2, "memory.fill": 1 };

/** Atomic instructions must state their full alignment; for others it is a hint: none. */
const alignmentOf = (name: string): number => (name.includes("atomic") ? 2 : 0);

export const INSTRUCTIONS: ReadonlyMap<string, Instruction> = new Map(
  Object.entries(TABLE).flatMap(([signature, row]) => {
    const { operands, result, immediate } = readSignature(signature);
    const words = row.split(" ");
    return Array.from({ length: words.length / 2 }, (_, i) => {
      const name = words[2 * i]!;
      const code = Number.parseInt(words[2 * i + 1]!, 16);
      const bits = code > 0xffff ? 12 : 8;
      const instruction: Instruction = {
        prefix: code > 0xff ? code >> bits : 0,
        opcode: code > 0xff ? code & ((1 << bits) - 1) : code,
        operands,
        result,
        alignment: immediate.startsWith("memory") ? alignmentOf(name) : null,
        lanes: LANES[immediate] ?? 0,
        memories: MEMORIES[name] ?? 0,
      };
      return [name, instruction] as const;
    });
  }),
);

/** "i32 v128 -> v128 memory lane": operands, then perhaps a result, then perhaps immediates. */
function readSignature(signature: string) {
  const words = signature.split(" ").filter((word) => word !== "");
  const arrow = words.indexOf("->");
  const operands = words.slice(0, arrow) as WasmType[];
  const rest = words.slice(arrow + 1);
  const result = TYPES.has(rest[0] ?? "") ? (rest.shift() as WasmType) : null;
  return { operands, result, immediate: rest.join(" ") };
}
