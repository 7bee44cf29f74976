// Sentences broken into lines for the terminal.

/** Lines of at most `width` characters, broken at spaces. */
export function wrapLines(text: string, width = 98): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
