/**
 * Reads everything and compares: the chain of events, every record with the fold of its events, and with them the
 * text index, the boards, the histories and the requesters' lists; every log with its checksums and hashes.
 * Changes nothing.
 */
import type { VerifyReport } from '../../store.ts';
import type { ChainEnd } from '../instance-row.ts';
import type { Statements } from '../statements.ts';
import { verifyAnnouncements } from './announcements.ts';
import { verifyChain } from './chain.ts';
import { verifyChanges } from './changes.ts';
import { verifyDocuments } from './documents.ts';
import { verifyFile } from './file.ts';
import { Findings } from './findings.ts';
import { verifyRecords, verifyRoomText } from './records.ts';
import { verifyKnowledge } from './knowledge.ts';
import { verifyMeetings } from './meetings.ts';
import { verifyConfiguration } from './configuration.ts';
import { verifyProblems } from './problems.ts';
import { verifyReleases } from './releases.ts';
import { verifySchedules } from './schedules.ts';
import { verifySegments } from './segments.ts';

/** `marked`: where the chain ended when the marker beside the store was written; null without one. */
export function verifyStore(statements: Statements, marked: ChainEnd | null): VerifyReport {
  const findings = new Findings();
  verifyFile(statements, findings);
  const events = verifyChain(statements, findings, marked);
  const records =
    verifyRecords(statements, findings) +
    verifyChanges(statements, findings) +
    verifyReleases(statements, findings) +
    verifyMeetings(statements, findings) +
    verifyConfiguration(statements, findings) +
    verifyProblems(statements, findings) +
    verifyKnowledge(statements, findings);
  verifyAnnouncements(statements, findings);
  verifySchedules(statements, findings);
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
