import { CHAIN_START, chainHash } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import type { ChainEnd } from '../instance-row.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

/**
 * Follows the chain from its start: an event altered, removed or put in breaks it at its place. Events taken from its
 * end break nothing, so the end is held against what was kept of it elsewhere: in the store, and in the marker beside it.
 */
export function verifyChain(statements: Statements, findings: Findings, marked: ChainEnd | null): number {
  let prev = CHAIN_START;
  let last = 0;
  let markedHash: string | null = CHAIN_START;
  const rows = statements.prepare('select * from event order by seq').iterate() as IterableIterator<EventRow>;
  for (const row of rows) {
    const expected = last + 1;
    if (row.seq !== expected) findings.add('chain', `event ${expected} is missing before event ${row.seq}`);
    if (row.prev_hash !== prev) findings.add('chain', `event ${row.seq} does not follow the event before it`);
    if (!isWhole(row)) findings.add('chain', `event ${row.seq} was altered`);
    if (row.type !== typeOf(row))
      findings.add('chain', `event ${row.seq} was altered: it is not a ${row.type}`);
    if (row.seq === marked?.seq) markedHash = row.hash;
    prev = row.hash;
    last = row.seq;
  }
  const kept = statements.prepare('select chain_seq as seq, chain_hash as hash from instance').get();
  compareEnd(findings, last, prev, kept as ChainEnd | undefined, 'the store');
  if (marked !== null && marked.seq > last) {
    findings.add('chain end', `the chain ends with event ${last}, and the marker knows event ${marked.seq}`);
  } else if (marked !== null && marked.hash !== markedHash && marked.seq > 0) {
    findings.add('chain end', `event ${marked.seq} is another than the marker knows`);
  }
  return statements.prepare('select count(*) from event').pluck().get() as number;
}

/** Whether an event is what was hashed. A damaged file gives values of any type, and none where there must be one. */
function isWhole(row: EventRow): boolean {
  return typeof row.prev_hash === 'string' && row.hash === chainHash(row.prev_hash, row);
}

function compareEnd(
  findings: Findings,
  last: number,
  hash: string,
  kept: ChainEnd | undefined,
  where: string,
): void {
  if (kept === undefined) return;
  if (kept.seq !== last)
    findings.add(
      'chain end',
      `the chain ends with event ${last}, and ${where} was written up to ${kept.seq}`,
    );
  else if (kept.hash !== hash) findings.add('chain end', `event ${last} is another than ${where} ended with`);
}

/** The type that an event's own content names; null when it is no JSON. */
function typeOf({ data }: EventRow): unknown {
  try {
    return (JSON.parse(data) as { readonly type?: unknown }).type;
  } catch {
    return null;
  }
}
