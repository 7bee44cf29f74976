/** Who can be timed, how its program is started, and how to get it where it is absent. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeCommand, v8Flags } from "./node.mjs";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const SETUP = "npm run bench:setup";

/** @typedef {{ name: string, command: () => string[] } | { name: string, absent: string }} Peer */

function needs(path, how) {
  if (!existsSync(here(path))) throw new Error(`not installed: ${how}`);
}

function python(program, ...args) {
  return () => {
    needs(".venv/bin/python", SETUP);
    return [here(".venv/bin/python"), here(`peers/${program}`), ...args];
  };
}

/** A program for Node; `modules` are what it imports. */
function node(program, modules = [], ...args) {
  return () => {
    for (const name of modules) needs(`node_modules/${name}`, SETUP);
    return [process.execPath, here(`peers/${program}`), ...args];
  };
}

const TFJS = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];

/** A program that needs the library, on the Node that was asked for and with V8's flags. */
function withLibrary(program, ...args) {
  return ({ node: version, wide }) => {
    needs("../lib/dist/index.js", "npm run build");
    const command = nodeCommand(version);
    return [command, ...v8Flags(command, wide), here(`peers/${program}`), ...args];
  };
}

/** Another checkout of Neurite, built, by its own program: what a change has done to the times. */
function otherCheckout({ before, node: version, wide }) {
  const program = join(before, "bench/peers/neurite.mjs");
  if (!existsSync(program)) throw new Error(`no checkout of Neurite in ${before}`);
  const command = nodeCommand(version);
  return [command, ...v8Flags(command, wide), program];
}

const COMMANDS = {
  neurite: withLibrary("neurite.mjs"),
  "neurite-before": otherCheckout,
  "micro-kernel": withLibrary("micro-kernel.mjs", "128"),
  "micro-kernel-256": withLibrary("micro-kernel.mjs", "256"),
  pytorch: python("torch_peer.py", "eager"),
  "pytorch-compile": python("torch_peer.py", "compile"),
  jax: python("jax_peer.py"),
  tensorflow: python("tensorflow_peer.py"),
  numpy: python("numpy_peer.py"),
  "tfjs-cpu": node("tfjs.mjs", TFJS, "cpu"),
  "tfjs-wasm": node("tfjs.mjs", TFJS, "wasm"),
  "jax-js": () => {
    needs("node_modules/@jax-js/jax", SETUP);
    return [nodeCommand("24"), here("peers/jax-js.mjs")];
  },
  onnxruntime: node("onnxruntime.mjs", ["onnxruntime-node", "onnx-proto"]),
  playground: node("playground.mjs"),
};

/** Whose times depend on the Node that runs them: of several, each has a row, as in "neurite@24". */
const ON_EACH_NODE = ["neurite", "neurite-before", "micro-kernel", "micro-kernel-256"];

const nameOf = (row) => row.split("@")[0];

/** Whether a row is Neurite's own, as it is now. */
export const isOwn = (row) => nameOf(row) === "neurite";

/** Peers that stand for one thing only. */
const ONLY = {
  "micro-kernel": ({ kind }) => kind === "matmul",
  "micro-kernel-256": ({ kind }) => kind === "matmul",
  numpy: ({ kind }) => kind === "matmul",
  playground: ({ id }) => id === "W5",
};

/** Kinds of networks that not all peers have. */
const WITH_LAYERS = ["transformer", "residual", "graph"];
const HAVE_LAYERS = ["neurite", "neurite-before", "pytorch", "pytorch-compile", "jax"];

/** Whether a peer has a place in the workload's table, be it with a reason for its absence. */
export function competes({ name }, workload) {
  if (WITH_LAYERS.includes(workload.kind)) return HAVE_LAYERS.includes(nameOf(name));
  return ONLY[nameOf(name)]?.(workload) ?? true;
}

export const PEER_NAMES = Object.keys(COMMANDS);

/**
 * @param {readonly string[]} names none means all
 * @param {{ nodes: readonly string[], before?: string, wide: boolean }} options `nodes`: none means this one
 * @returns {Peer[]}
 */
export function selectPeers(names, { nodes, ...options }) {
  const unknown = names.find((name) => !PEER_NAMES.includes(name));
  if (unknown)
    throw new Error(`Expected peers of ${PEER_NAMES.join(", ")}. Received "${unknown}".`);
  const asked = (name) => names.length === 0 || names.includes(name);
  const wanted = PEER_NAMES.filter((name) =>
    name === "neurite-before" ? options.before !== undefined : asked(name),
  );
  return wanted.flatMap((name) => {
    const each = nodes.length > 1 && ON_EACH_NODE.includes(name);
    const rows = each ? nodes.map((node) => [`${name}@${node}`, node]) : [[name, nodes.at(-1)]];
    return rows.map(([row, node]) => peerOf(row, () => COMMANDS[name]({ ...options, node })));
  });
}

/** @returns {Peer} */
function peerOf(name, command) {
  try {
    return { name, command: command() };
  } catch (error) {
    return { name, absent: error.message };
  }
}
