// Files that the browser saves.

/** Offers content under a name, as a download. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer> | Blob): void {
  const blob = content instanceof Blob ? content : new Blob([content]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold on it once the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
