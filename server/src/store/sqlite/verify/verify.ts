/**
 * Reads everything and compares: the chain of events, every record with the fold of its events, and with them the
 * text index, the boards, the histories and the requesters' lists; every log with its checksums and hashes.
 * Changes nothing.
 */
import type { VerifyReport } from '../../store.ts';
import type { ChainEnd } from '../instance.ts';
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

/** Whether SQLite finds its own file whole; what it says goes on from there as far as it can be read. */
function verifyFile(statements: Statements, findings: Findings): void {
  const said = statements.connection.pragma('quick_check(1)', { simple: true });
  if (said !== 'ok') findings.add('file', `the database file is damaged: ${String(said).replaceAll('\n', ' ')}`);
}
