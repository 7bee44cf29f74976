// Zip archives, in memory.

export { isZip, readZip, type ZipEntry } from "./read-zip.ts";
export { writeZip } from "./write-zip.ts";
