/** Values of `<input type="datetime-local">`, which are in the reader's own zone and to the minute. */

/** `2026-06-01T09:00`; empty for no instant. */
export function localInput(at: number | null): string {
  if (at === null) return '';
  const then = new Date(at);
  return new Date(at - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Null for an empty or unfinished value. */
export function instantOf(input: string): number | null {
  const at = new Date(input).getTime();
  return input === '' || Number.isNaN(at) ? null : at;
}
