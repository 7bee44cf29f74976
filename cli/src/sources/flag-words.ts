// What the reader of tables says of its options, in the words of the command line: its flags.

const OPTION =
  /\b(missing|encoding|ragged|decimal|dates|header): (?:"([^"\\]*)"|\[\.\.\.\]|(true|false))/g;

/** "ragged: "fill" reads ..." as "--ragged fill reads ...". */
export function inFlags(says: string): string {
  return says
    .replace(/^readTable: /, "")
    .replace("(encoding names another)", "(--encoding names another)")
    .replace(/^([^:]*: )?types: /, "$1--types: ")
    .replace(OPTION, (_, name: string, value?: string, truth?: string) => {
      if (truth) return truth === "true" ? `--${name}` : `--no-${name}`;
      return value === undefined ? `--${name}` : `--${name} ${value}`;
    });
}
