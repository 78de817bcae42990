/** Tables for programs that calculate. */
import type { Context } from 'hono';

export type Cell = string | number | null;

/** Answers a table as a file of this name. */
export function csvAnswer(c: Context, name: string, lines: readonly (readonly Cell[])[]) {
  c.header('content-disposition', `attachment; filename="${name}.csv"`);
  const text = lines.map((line) => line.map(cell).join(',')).join('\r\n');
  return c.body(`${text}\r\n`, 200, { 'content-type': 'text/csv; charset=utf-8' });
}

/** Programs that calculate take what begins like this for a formula. */
function cell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
