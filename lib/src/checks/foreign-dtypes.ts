// What people call element types who come from NumPy, PyTorch or TensorFlow.js, and what to write here.

/** Element types elsewhere, and what stands for them here. */
export const FOREIGN_DTYPES: Readonly<Record<string, string>> = /* @__PURE__ */ byName([
  ["float single f32 float_", '"float32"'],
  ["double f64", '"float64"'],
  ["int long i32 int8 int16 uint16 short", '"int32"'],
  [
    "int64 uint32 uint64 i64",
    '"int32", or "float64" for whole numbers up to 2^53; files store I64',
  ],
  ["byte u8", '"uint8"'],
  ["boolean bool_", '"bool"'],
  ["float16 half bfloat16 f16 bf16", '"float32"; files store F16 and BF16'],
]);

/** Names that mean the same stand in one text, with spaces between. */
export function byName(
  rows: readonly (readonly [names: string, ours: string])[],
): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap(([names, ours]) => names.split(" ").map((name) => [name, ours])),
  );
}
