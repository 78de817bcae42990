/**
 * A table as text, read record by record. A record that breaks the rules of quoting costs its own line and nothing
 * else: reading goes on with the next line, so that one slip does not swallow the rest of the file.
 */

export interface TableRecord {
  /** That it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface BrokenLine {
  readonly line: number;
  /** The line, as far as a cell may go. */
  readonly text: string;
  readonly reason: string;
}

export interface TextTable {
  readonly delimiter: string;
  readonly records: readonly TableRecord[];
  readonly broken: readonly BrokenLine[];
}

/** A cell in quotes may go over lines, this many letters at most: else a quote that is never closed costs the file. */
const MAX_SPREAD = 20_000;
const [QUOTE, NEWLINE, RETURN] = ['"', '\n', '\r'];

/** @param most Records, the head among them: reading ends after that many */
export function readTable(text: string, most = Infinity): TextTable {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const delimiter = delimiterOf(firstLineOf(whole));
  const records: TableRecord[] = [];
  const broken: BrokenLine[] = [];
  let [at, line] = [0, 1];
  while (at < whole.length && records.length < most) {
    const read = recordAt(whole, at, delimiter);
    if ('reason' in read) {
      const end = endOfLine(whole, at);
      broken.push({ line, text: whole.slice(at, Math.min(end, at + MAX_SPREAD)), reason: read.reason });
      at = afterEnd(whole, end);
      line += 1;
      continue;
    }
    if (!isBlank(read.cells)) records.push({ line, cells: read.cells });
    at = afterEnd(whole, read.end);
    line += 1 + read.linesCrossed;
  }
  return { delimiter, records, broken };
}

/** Of comma, semicolon and tab the one that the head has most of. */
function delimiterOf(head: string): string {
  const count = (letter: string): number => head.split(letter).length;
  const [best = ','] = [',', ';', '\t'].toSorted((a, b) => count(b) - count(a));
  return best;
}

function firstLineOf(text: string): string {
  return text.slice(0, endOfLine(text, 0));
}

interface ReadRecord {
  readonly cells: readonly string[];
  /** Of the end of its last line, or of the text. */
  readonly end: number;
  readonly linesCrossed: number;
}

function recordAt(text: string, from: number, delimiter: string): ReadRecord | { readonly reason: string } {
  const cells: string[] = [];
  let [at, linesCrossed] = [from, 0];
  for (;;) {
    const start = afterSpaces(text, at, delimiter);
    if (text[start] === QUOTE) {
      const quoted = quotedAt(text, start + 1, from);
      if (quoted === null) return { reason: 'a quote is opened and never closed' };
      const end = afterSpaces(text, quoted.end, delimiter);
      if (!endsCell(text, end, delimiter)) return { reason: 'something stands behind a closing quote' };
      cells.push(quoted.value);
      linesCrossed += linesIn(quoted.value);
      at = end;
    } else {
      let end = start;
      while (!endsCell(text, end, delimiter)) {
        if (text[end] === QUOTE)
          return { reason: 'a quote stands inside a cell that does not begin with one' };
        end += 1;
      }
      cells.push(text.slice(start, end).trim());
      at = end;
    }
    if (text[at] !== delimiter) return { cells, end: at, linesCrossed };
    at += 1;
  }
}

/** What stands in quotes, two of them being one; null when they are not closed. */
function quotedAt(text: string, from: number, begin: number): { value: string; end: number } | null {
  let value = '';
  let at = from;
  // looked for once: a long line may have a million quotes
  let lineEnd: number | null = null;
  for (;;) {
    const close = text.indexOf(QUOTE, at);
    if (close === -1) return null;
    if (close - begin > MAX_SPREAD) {
      lineEnd ??= endOfLine(text, begin);
      if (lineEnd < close) return null;
    }
    value += text.slice(at, close);
    if (text[close + 1] !== QUOTE) return { value, end: close + 1 };
    value += QUOTE;
    at = close + 2;
  }
}

function endsCell(text: string, at: number, delimiter: string): boolean {
  return at >= text.length || text[at] === delimiter || text[at] === NEWLINE || text[at] === RETURN;
}

function afterSpaces(text: string, at: number, delimiter: string): number {
  let next = at;
  while ((text[next] === ' ' || text[next] === '\t') && text[next] !== delimiter) next += 1;
  return next;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== NEWLINE && text[at] !== RETURN) at += 1;
  return at;
}

function afterEnd(text: string, end: number): number {
  return text[end] === RETURN && text[end + 1] === NEWLINE ? end + 2 : end + 1;
}

function linesIn(value: string): number {
  return value.split(/\r\n|\n|\r/).length - 1;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}
