import { parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ServiceNowMapping } from './mapping.ts';
import { REQUIRED_COLUMNS, parseRow } from './row.ts';
import type { RawRow, Row, RowProblem } from './row.ts';

/** All good rows of one number that stand together in the file, and the bad ones with their reasons. */
export interface Group {
  readonly number: string;
  readonly rows: readonly Row[];
  readonly problems: readonly RowProblem[];
}

/** Characters of one row: a quote that is never closed must not take the rest of the file into memory. */
const MAX_ROW_CHARACTERS = 256 * 1024;
/** Updates of one record, which are in memory together. */
const MAX_ROWS_OF_A_RECORD = 5_000;

/** A file that is no event log; nothing after the place where that was found is imported. */
export class NotAnEventLog extends Error {}

/**
 * Streams an incident event log, plain or gzip, as groups of rows in the order of the file.
 * Bad rows are set aside with their line; they never stop the stream.
 */
export async function* readGroups(
  source: Readable,
  mapping: ServiceNowMapping,
  signal?: AbortSignal,
): AsyncGenerator<Group> {
  const parser = parse({
    bom: true,
    columns: checkColumns,
    info: true,
    max_record_size: MAX_ROW_CHARACTERS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  // A failure anywhere in the chain destroys the parser, so it surfaces in the loop below.
  pipeline(source, plainOrGzip(), parser, () => undefined);
  let number: string | null = null;
  let rows: Row[] = [];
  let problems: RowProblem[] = [];
  for await (const item of parser as AsyncIterable<{
    record: RawRow;
    info: { lines: number; error?: Error };
  }>) {
    signal?.throwIfAborted();
    const own: string | null = item.record['number'] ?? null;
    if (rows.length + problems.length >= MAX_ROWS_OF_A_RECORD && own === number)
      throw new NotAnEventLog(
        `line ${item.info.lines}: more than ${MAX_ROWS_OF_A_RECORD} rows of one record`,
      );
    if (number !== null && own !== number) {
      yield { number, rows, problems };
      rows = [];
      problems = [];
    }
    number = own ?? `line ${item.info.lines}`;
    if (item.info.error !== undefined) {
      problems.push({
        line: item.info.lines,
        record: own,
        reason: 'the row does not have the columns of the header',
      });
      continue;
    }
    const row = parseRow(item.record, item.info.lines, mapping);
    if (row.ok) rows.push(row.value);
    else problems.push(row.refusal);
  }
  if (number !== null) yield { number, rows, problems };
}

function checkColumns(header: string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = REQUIRED_COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new NotAnEventLog(`the first line must name the columns; missing: ${missing.join(', ')}`);
  return names;
}

/** Looks at the first two bytes: gzip has a magic number, CSV has not. */
function plainOrGzip(): Transform {
  const gunzip = createGunzip();
  let mode: 'unknown' | 'plain' | 'gzip' = 'unknown';
  const outer = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (mode === 'unknown') mode = chunk[0] === 0x1f && chunk[1] === 0x8b ? 'gzip' : 'plain';
      if (mode === 'plain') return done(null, chunk);
      if (gunzip.write(chunk)) done();
      else gunzip.once('drain', () => done());
    },
    flush(done) {
      if (mode !== 'gzip') return done();
      gunzip.once('end', () => done());
      gunzip.end();
    },
    destroy(error, done) {
      gunzip.destroy();
      done(error);
    },
  });
  gunzip.on('data', (chunk: Buffer) => outer.push(chunk));
  gunzip.on('error', (cause) =>
    outer.destroy(new NotAnEventLog('the gzip file is damaged or cut off', { cause })),
  );
  return outer;
}
