/**
 * Before each test file: tests that import single files have the engine, and all at hand, that users of the entry
 * points have. One file, as each that the configuration names is run anew for every test file.
 */
import "../lib/src/runtime/interpreter/default-engine.ts";
import "../lib/src/tensor/methods.ts";
import "../lib/src/train/whole.ts";
import "./typed-arrays.ts";
