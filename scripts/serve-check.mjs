/**
 * node scripts/serve-check.mjs SCHEMATHESIS [--examples 100] [--seed 1] [--only name]: what schemathesis finds wrong with the answers of
 * `neurite serve` to good and bad requests, by the server's own document: for a run on digits, one on a table, an exported
 * network, and ONNX files of two inputs of whole numbers and of a fixed first axis. A server must be there after it, and end when told.
 * Needs a build, and schemathesis of PyPI: `python3 -m venv v && v/bin/pip install schemathesis`, then v/bin/schemathesis.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { encodeOnnx } from "neurite/onnx";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    examples: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const [schemathesis] = positionals;
if (!schemathesis) {
  console.error("Usage: node scripts/serve-check.mjs SCHEMATHESIS [--examples n] [--seed n]");
  process.exit(1);
}
const neurite = fileURLToPath(new URL("../cli/bin/neurite.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "neurite-serve-check-"));
const at = (name) => join(folder, name);

function run(...words) {
  const { status, stderr } = spawnSync(process.execPath, [neurite, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(`neurite ${words.join(" ")}: ${stderr}`);
}

const port = (name, elemType, ...dims) => {
  const dim = dims.map((length) => ({
    value:
      typeof length === "string"
        ? { case: "dimParam", value: length }
        : { case: "dimValue", value: BigInt(length) },
  }));
  return { name, type: { value: { case: "tensorType", value: { elemType, shape: { dim } } } } };
};
const file = (name, graph) => {
  const opsetImport = [{ domain: "", version: 21n }];
  writeFileSync(at(name), encodeOnnx({ irVersion: 10n, opsetImport, graph }));
};
const [FLOAT, INT64, BOOL] = [1, 7, 9];

/** Each makes what is served, and says its path. */
const SERVED = {
  digits: () => {
    run(
      "train",
      "mnist",
      "--train",
      "500",
      "--hidden",
      "16",
      "--epochs",
      "1",
      "--out",
      at("digits"),
      "-q",
    );
    return at("digits");
  },
  table: () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const day = `2026-0${1 + (i % 9)}-1${i % 10}`;
      return `${20 + (i % 9)},${["Paris", "Rome", "Oslo"][i % 3]},${day},${i % 2 ? "good" : "no good"} words,${i % 3 ? "yes" : "no"}`;
    });
    writeFileSync(at("people.csv"), `age,city,since,said,happy\n${rows.join("\n")}\n`);
    run(
      "train",
      at("people.csv"),
      "--target",
      "happy",
      "--epochs",
      "2",
      "--out",
      at("table"),
      "-q",
    );
    return at("table");
  },
  exported: () => {
    run("train", "iris", "--hidden", "4", "--epochs", "2", "--out", at("iris"), "-q");
    run("export", at("iris"), "--format", "onnx", "--out", at("iris.onnx"));
    return at("iris.onnx");
  },
  whole: () => {
    file("whole.onnx", {
      name: "whole",
      node: [
        { opType: "Add", input: ["a", "b"], output: ["sum"] },
        { opType: "Greater", input: ["a", "b"], output: ["more"] },
      ],
      input: [port("a", INT64, "batch", 3), port("b", INT64, "batch", 3)],
      output: [port("sum", INT64, "batch", 3), port("more", BOOL, "batch", 3)],
    });
    return at("whole.onnx");
  },
  fixed: () => {
    file("fixed.onnx", {
      name: "fixed",
      node: [{ opType: "Mul", input: ["x", "s"], output: ["y"] }],
      input: [port("x", FLOAT, 2, 3), port("s", FLOAT)],
      output: [port("y", FLOAT, 2, 3)],
    });
    return at("fixed.onnx");
  },
};

/**
 * Too large a body is a refusal too. No document can say which bytes and headers make a tensor, nor that names of
 * columns which are nearly those of the run are refused as slips.
 */
writeFileSync(
  at("schemathesis.toml"),
  `hooks = "hooks.py"
[checks.negative_data_rejection]
expected-statuses = [400, 404, 405, 413, 415, 422]
`,
);
writeFileSync(
  at("hooks.py"),
  `import schemathesis
@schemathesis.hook
def filter_case(context, case):
    isJson = case.media_type is None or case.media_type == "application/json"
    return isJson or not (case.meta and case.meta.generation.mode.is_positive)
COLUMNS = ["age", "city", "since", "said", "happy"]
@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and isinstance(body.get("rows"), list):
        for row in body["rows"]:
            for name in list(row) if isinstance(row, dict) else []:
                if name not in COLUMNS and len(name) < 12: del row[name]
    return body
`,
);

async function check(name, path) {
  const server = spawn(process.execPath, [neurite, "serve", path, "--port", "0", "--json"]);
  let faults = "";
  server.stderr.on("data", (data) => {
    faults += data;
  });
  const ended = once(server, "exit");
  const [line] = await once(server.stdout, "data");
  const { url } = JSON.parse(line);
  const asked = spawn(
    schemathesis,
    [
      ...["run", `${url}/openapi.json`, "--checks", "all", "--seed", values.seed],
      // Whole numbers whose sum leaves 32 bits, and floats whose outputs are infinite, fit the document and are refused.
      ...(["whole", "fixed", "exported"].includes(name)
        ? ["--exclude-checks", "positive_data_acceptance"]
        : []),
      ...["--max-examples", values.examples, "--continue-on-failure", "--no-color"],
    ],
    { stdio: ["ignore", "pipe", "inherit"], cwd: folder },
  );
  let said = "";
  asked.stdout.on("data", (data) => {
    said += data;
  });
  const [status] = await once(asked, "exit");
  const isThere = await fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
  server.kill("SIGTERM");
  const [code] = await ended;
  const isGood = status === 0 && isThere && code === 0 && faults === "";
  const count = /(\d+) generated/.exec(said)?.[1] ?? "?";
  console.log(
    `${isGood ? "good " : "WRONG"} ${name}: ${count} requests, is there after it: ${isThere}, ends with ${code}`,
  );
  if (!isGood)
    console.log(
      said
        .split("\n")
        .map((text) => text.slice(0, 400))
        .join("\n"),
      faults,
    );
  return isGood;
}

try {
  for (const [name, make] of Object.entries(SERVED)) {
    if (name.includes(values.only) && !(await check(name, make()))) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
