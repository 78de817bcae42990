/** What items are known by from import to import, of a format of which a desk has mostly one. */
export function sourceOf(format: string, name: string | null): string {
  return name === null ? format : `${format} ${name}`;
}
