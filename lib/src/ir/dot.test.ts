import { describe, expect, test } from "vitest";
import { graphBuilder } from "../ops/builder.ts";
import { toDot } from "./dot.ts";
import { makeGraph, Value } from "./graph.ts";

const scalar = (name?: string) => new Value({ dtype: "float32", shape: [] }, null, 0, name);

describe("toDot", () => {
  const o = graphBuilder({ path: "loss" });
  const x = scalar("x");
  const two = o.constant({ data: new Float32Array([2]), dtype: "float32", shape: [] });
  const y = o.mul(x, two);
  const graph = makeGraph([x], [y]);

  test("draws ops as nodes and types on edges", () => {
    const lines = toDot(graph).split("\n");
    expect(lines[0]).toBe("digraph {");
    expect(lines.at(-1)).toBe("}");
    const type = '<FONT COLOR="#777777">float32[]</FONT>';
    expect(lines.slice(4, -1)).toEqual([
      "  input0 [shape=ellipse, label=<x>];",
      "  node0 [shape=plain, label=<2>];",
      '  node1 [label=<<B>mul</B><BR/><FONT COLOR="#777777">loss</FONT>>];',
      `  input0 -> node1 [label=<${type}>];`,
      `  node0 -> node1 [label=<${type}>];`,
      "  output0 [shape=ellipse, label=<output>];",
      `  node1 -> output0 [label=<${type}>];`,
    ]);
  });

  test("puts the value above the gradient", () => {
    const text = toDot(graph, { values: new Map([[x, "3"]]), gradients: new Map([[x, "2"]]) });
    expect(text).toMatch(/input0 -> node1 .*float32\[\].*<BR\/>.*>3<.*<BR\/>.*>grad 2</);
    expect(text.match(/grad/g)).toHaveLength(1);
  });

  test("gives every output and every operand an edge", () => {
    const square = o.mul(x, x);
    const edges = toDot(makeGraph([x], [square, x])).match(/\w+ -> \w+/g);
    expect(edges).toEqual([
      "input0 -> node0",
      "input0 -> node0",
      "node0 -> output0",
      "input0 -> output1",
    ]);
  });

  test("escapes names, paths and parameters", () => {
    const a = scalar('<a> & "b"\nc\u0007\\N');
    const z = graphBuilder({ path: "x<y>" }).cast(a, { dtype: "int32" });
    const text = toDot(makeGraph([a], [z]));
    expect(text).toContain("label=<&lt;a&gt; &amp; &quot;b&quot;<BR/>c\u{fffd}\\\\N>");
    expect(text).toContain("dtype=&quot;int32&quot;");
    expect(text).toContain(">x&lt;y&gt;</FONT>");
  });

  test("frames graphs inside ops, with identifiers of their own", () => {
    const [inside, dx] = [scalar("inside"), scalar()];
    const body = makeGraph([inside], [o.neg(inside)]);
    const rule = { mode: "jvp" as const, graph: makeGraph([inside, dx], [o.neg(dx)]) };
    const text = toDot(makeGraph([x], o.custom(x, { name: "f", body, rule })));
    expect(text).toContain("subgraph cluster_node0_body_ {");
    expect(text).toContain("subgraph cluster_node0_rule_graph_ {");
    expect(text).toContain("node0_body_input0 [shape=ellipse, label=<inside>];");
    expect(text).toContain("node0_rule_graph_input1 -> node0_rule_graph_node0");
  });
});
