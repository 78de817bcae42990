/** The file beside a database that remembers how far it had come, for the day when an older copy takes its place. */
import { failpoint } from '@muster/sync/failpoint';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readInstance } from './instance-row.ts';
import type { ChainEnd } from './instance-row.ts';
import type { Statements } from './statements.ts';

const counter = z.object({ process: z.string(), year: z.int(), next: z.int().min(1) });

const marker = z.object({
  name: z.string(),
  generation: z.int(),
  commits: z.int(),
  /** The numbers that the next records would get. */
  counters: z.array(counter).default([]),
  /** Where the chain of events ended: whoever takes events away leaves this behind. */
  chain: z.object({ seq: z.int(), hash: z.string() }).nullable().default(null),
  /** Whether this is the last word of the database: then no number was given after it was written. */
  final: z.boolean().default(false),
});

export type Marker = z.infer<typeof marker>;
export type Counter = z.infer<typeof counter>;

export function markerFileOf(file: string): string {
  return `${file}.marker`;
}

/** The marker, or null when there is none that can be read. */
export function readMarker(file: string): Marker | null {
  try {
    return marker.parse(JSON.parse(readFileSync(markerFileOf(file), 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers how far the store has come. Failing to is no reason to stop: the mark in backups still stands. */
export function writeMarker(file: string, word: Marker): void {
  const path = markerFileOf(file);
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(word)}\n`);
    failpoint('marker.written');
    renameSync(`${path}.new`, path);
  } catch {
    return;
  }
}

/** Where the chain ended when a marker was written; null when that is the marker of another store or generation. */
export function markedEnd(statements: Statements, marker: Marker | null): ChainEnd | null {
  const { name, generation } = readInstance(statements);
  return marker?.name === name && marker.generation === generation ? marker.chain : null;
}

/** What the marker of a database would say now. */
export function markerOf(statements: Statements, final: boolean): Marker {
  const { name, generation, commits } = readInstance(statements);
  const counters = statements.prepare('select process, year, next from counter').all() as Counter[];
  const chain = statements.prepare('select chain_seq as seq, chain_hash as hash from instance').get();
  return { name, generation, commits, counters, chain: chain as ChainEnd, final };
}
