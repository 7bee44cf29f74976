// neurite predict model.onnx: inputs as numbers, as name=numbers or out of a JSON file; outputs as they come.

import { fromData, type Tensor, tensor } from "neurite";
import type { OnnxModel, OnnxPort } from "neurite/onnx";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { openOnnx, portText } from "./open.ts";

export async function predictOnnx(
  io: Io,
  path: string,
  sources: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<void> {
  const model = await openOnnx(path);
  const feeds: Record<string, Tensor> = {};
  for (const source of sources) Object.assign(feeds, await feedsIn(model, source));
  const missing = model.inputs.filter(({ name }) => !Object.hasOwn(feeds, name));
  if (missing.length > 0) {
    throw new UsageError(
      `predict: the model also takes ${missing.map(portText).join("; ")}. Write name=numbers`,
    );
  }
  const results = Object.entries(model.run(feeds));
  if (json) {
    const outputs = Object.fromEntries(results.map(([name, y]) => [name, y.toArray()]));
    return printEvent(io, { event: "prediction", outputs });
  }
  for (const [name, y] of results) {
    printLines(io, `${name}  ${y.dtype} [${(y.shape as number[]).join(", ")}]`, String(y), "");
  }
}

/** What one argument gives: an input by its name, the only input, or all that a JSON file holds. */
async function feedsIn(model: OnnxModel, source: string): Promise<Record<string, Tensor>> {
  if (/\.json$/i.test(source)) return await inFile(model, source);
  const named = /^([^=[\]{}]+)=(.*)$/s.exec(source);
  if (named) return { [named[1]!]: read(portNamed(model, named[1]!), named[2]!) };
  const [port, ...others] = model.inputs;
  if (port && others.length === 0) return { [port.name]: read(port, source) };
  throw new UsageError(
    `predict: the model takes ${model.inputs.map(portText).join("; ")}. Write name=numbers for each`,
  );
}

async function inFile(model: OnnxModel, path: string): Promise<Record<string, Tensor>> {
  const text = new TextDecoder().decode(await readUpToLimit(path, MOST_BYTES.weights));
  const values = parsed(path, text);
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new CliError(`${path}: expected an object of arrays by the names of the inputs`);
  }
  const entries = Object.entries(values).map(([name, value]): [string, Tensor] => {
    const port = portNamed(model, name);
    return [name, tensor(value, port.dtype)];
  });
  return Object.fromEntries(entries);
}

function portNamed(model: OnnxModel, name: string): OnnxPort {
  const port = model.inputs.find((each) => each.name === name);
  if (port) return port;
  const names = model.inputs.map((each) => each.name).join(", ");
  throw new UsageError(`predict: there is no input "${name}"; the model's are ${names}`);
}

/** Nested lists as JSON has them, or plain numbers that fill the shape of the input. */
function read(port: OnnxPort, text: string): Tensor {
  if (text.trimStart().startsWith("["))
    return tensor(parsed(`input ${port.name}`, text) as number[], port.dtype);
  const numbers = text
    .trim()
    .split(/\s*,\s*|\s+/)
    .map((part) => (part === "" ? Number.NaN : Number(part)));
  if (numbers.some((value) => Number.isNaN(value))) {
    throw new UsageError(
      `predict: "${text}" are no numbers as in 5.1,3.5; input ${portText(port)}`,
    );
  }
  return fromData(Float64Array.from(numbers), shapeFor(port, numbers.length), "float64").cast(
    port.dtype,
  );
}

/** The first axis of any length takes what the others leave; further ones are of length 1. */
function shapeFor(port: OnnxPort, count: number): number[] {
  if (port.shape === null) return [count];
  const fixed = port.shape.reduce<number>(
    (size, dim) => (typeof dim === "number" ? size * dim : size),
    1,
  );
  let rest = count / fixed;
  const shape = port.shape.map((dim) => {
    if (typeof dim === "number") return dim;
    const length = rest;
    rest = 1;
    return length;
  });
  if (Number.isInteger(count / fixed) && rest === 1) return shape;
  throw new UsageError(`predict: ${count} numbers do not fill ${portText(port)}`);
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${what}: expected JSON: ${(error as Error).message}`);
  }
}
