import { CHAIN_START, chainHash } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

/** Follows the chain from its start; an event altered, removed or put in breaks it at its place. */
export function verifyChain(statements: Statements, findings: Findings): number {
  let prev = CHAIN_START;
  let count = 0;
  const rows = statements.prepare('select * from event order by seq').iterate() as IterableIterator<EventRow>;
  for (const row of rows) {
    count += 1;
    if (row.seq !== count) findings.add('chain', `event ${count} is missing before event ${row.seq}`);
    if (row.prev_hash !== prev) findings.add('chain', `event ${row.seq} does not follow the event before it`);
    if (row.hash !== chainHash(row.prev_hash, row)) findings.add('chain', `event ${row.seq} was altered`);
    prev = row.hash;
    count = row.seq;
  }
  return statements.prepare('select count(*) from event').pluck().get() as number;
}
