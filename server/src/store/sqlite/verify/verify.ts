/**
 * Reads everything and compares: the chain of events, every record with the fold of its events, and with them the
 * text index, the boards, the histories and the requesters' lists; every log with its checksums and hashes.
 * Changes nothing.
 */
import type { VerifyReport } from '../../store.ts';
import type { ChainEnd } from '../instance-row.ts';
import type { Statements } from '../statements.ts';
import { verifyChain } from './chain.ts';
import { verifyDocuments } from './documents.ts';
import { Findings } from './findings.ts';
import { verifyRecords, verifyRoomText } from './records.ts';
import { verifySegments } from './segments.ts';

/** `marked`: where the chain ended when the marker beside the store was written; null without one. */
export function verifyStore(statements: Statements, marked: ChainEnd | null): VerifyReport {
  const findings = new Findings();
  verifyFile(statements, findings);
  const events = verifyChain(statements, findings, marked);
  const records = verifyRecords(statements, findings);
  const documents = verifyDocuments(statements, findings);
  verifySegments(statements, findings);
  const behind = verifyRoomText(statements, findings);
  return {
    ok: findings.words.length === 0,
    events,
    records,
    documents,
    findings: findings.words,
    roomsNotIndexed: behind,
  };
}

/**
 * Whether SQLite finds its tables whole, each by itself; what it says goes on from there as far as it can be read. The
 * index of words is left out: SQLite checks it from what a connection remembers of it, which another may have changed,
 * and it is compared with the records entry by entry.
 */
function verifyFile(statements: Statements, findings: Findings): void {
  const tables = statements
    .prepare(
      `select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name`,
    )
    .pluck()
    .all() as string[];
  for (const table of tables) {
    const said = statements.connection.pragma(`quick_check('${table}')`, { simple: true });
    if (said !== 'ok')
      findings.add('file', `the table ${table} is damaged: ${String(said).replaceAll('\n', ' ')}`);
  }
}
