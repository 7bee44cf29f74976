export function closeSection(changelog: string, version: string, date: string): string;
export function withVersion<M extends object>(manifest: M, version: string): M;
export function isNext(version: string, before: string): boolean;
