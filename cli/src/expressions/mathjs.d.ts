/** The part of mathjs that is used here, of its one-file build: the package's own entry loads 800 files. */
declare module "mathjs/lib/browser/math.js" {
  export interface MathNode {
    readonly isConstantNode?: boolean;
    readonly isSymbolNode?: boolean;
    readonly isOperatorNode?: boolean;
    readonly isParenthesisNode?: boolean;
    readonly isFunctionNode?: boolean;
    /** Of an operator: its sign and its function. */
    readonly op: string;
    readonly fn: string;
    readonly args: readonly MathNode[];
    readonly content: MathNode;
    readonly value: unknown;
    readonly name: string;
    map(callback: (node: MathNode) => MathNode): MathNode;
    traverse(callback: (node: MathNode) => void): void;
    evaluate(scope: Map<string, unknown>): unknown;
    toString(options: { readonly parenthesis: "auto" }): string;
  }
  interface Mathjs {
    parse(text: string): MathNode;
    derivative(node: MathNode, name: string, options: { readonly simplify: boolean }): MathNode;
    readonly ConstantNode: new (value: number) => MathNode;
    readonly OperatorNode: new (op: string, fn: string, args: readonly MathNode[]) => MathNode;
  }
  const mathjs: Mathjs;
  // biome-ignore lint/style/noDefaultExport: it is what the build has
  export default mathjs;
}
