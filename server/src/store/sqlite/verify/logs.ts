/**
 * Every log by itself: its checksums and hashes, no gap from its oldest update to its head, each snapshot what the one
 * before and the updates between make, and nobody's first words under the client id of somebody else.
 */
import { rulesOf } from '@muster/documents';
import * as Y from 'yjs';
import type { DocumentRow, SnapshotRow, UpdateRow } from '../documents/document-row.ts';
import { differenceBetween, docOf } from '../documents/fold.ts';
import { rootsOf } from '../documents/fold-document.ts';
import { faultOf } from '../documents/log.ts';
import { isWholeSnapshot } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

export function verifyLog(statements: Statements, findings: Findings, row: DocumentRow): void {
  const { name } = row;
  const snapshots = statements
    .prepare('select * from document_snapshot where name = ? order by seq')
    .all(name) as SnapshotRow[];
  const sound = snapshots.filter(isWholeSnapshot);
  for (const { seq } of snapshots.filter((each) => !sound.includes(each))) {
    findings.add('snapshot', `snapshot ${seq} of ${name} does not have its hash`);
  }
  const newest = snapshots.at(-1)?.seq ?? 0;
  if (newest !== row.snapshot_seq) {
    findings.add('snapshot', `${name} points at snapshot ${row.snapshot_seq} and its newest is ${newest}`);
  }
  const updates = statements
    .prepare('select * from document_update where name = ? order by seq')
    .all(name) as UpdateRow[];
  const first = updates[0]?.seq ?? row.head_seq + 1;
  const oldest = snapshots[0]?.seq ?? 0;
  if (first > oldest + 1) findings.add('log', `${name}: update ${oldest + 1} is missing`);
  for (const [index, update] of updates.entries()) {
    const fault = faultOf(update, first + index);
    if (fault === null) continue;
    findings.add('log', `${name}: ${fault}`);
    return;
  }
  const last = updates.at(-1)?.seq ?? newest;
  if (last !== row.head_seq)
    findings.add('log', `${name}: it ends with ${last} and its head is ${row.head_seq}`);
  replay(statements, findings, row, sound, updates);
}

/** Goes through the log as it grew, from the oldest snapshot that its updates continue, or from nothing. */
function replay(
  statements: Statements,
  findings: Findings,
  row: DocumentRow,
  snapshots: readonly SnapshotRow[],
  updates: readonly UpdateRow[],
): void {
  const first = updates[0]?.seq ?? 0;
  const base = snapshots.find(({ seq }) => seq >= first - 1) ?? null;
  if (first !== 1 && base === null) return;
  const doc = first === 1 ? new Y.Doc() : docOf(base?.bin ?? null, []);
  const later = new Map(
    snapshots.filter((each) => first === 1 || each !== base).map((each) => [each.seq, each]),
  );
  try {
    for (const update of updates.filter(({ seq }) => first === 1 || seq > (base?.seq ?? 0))) {
      verifyAuthor(statements, findings, row, update, doc);
      Y.applyUpdate(doc, update.bin);
      const snapshot = later.get(update.seq);
      if (snapshot === undefined) continue;
      const folded = docOf(snapshot.bin, []);
      const difference = differenceBetween(doc, folded, rootsOf(row, [...doc.share.keys()]));
      if (difference !== null)
        findings.add(
          'snapshot',
          `snapshot ${snapshot.seq} of ${row.name} has another ${difference} than its log`,
        );
      folded.destroy();
    }
  } catch (error) {
    findings.add('log', `${row.name} cannot be read: ${String(error)}`);
  } finally {
    doc.destroy();
  }
}

/** Whoever writes under a client id that is new in an update owns that id, unless it came back after a restore. */
function verifyAuthor(
  statements: Statements,
  findings: Findings,
  row: DocumentRow,
  update: UpdateRow,
  before: Y.Doc,
): void {
  if (rulesOf(row.kind).writer === 'server' || update.recovered === 1) return;
  const owner = statements
    .prepare('select person from client_binding where name = ? and client_id = ?')
    .pluck();
  for (const [client, end] of Y.parseUpdateMeta(update.bin).to) {
    if (end <= Y.getState(before.store, client)) continue;
    const person = owner.get(row.name, client) as string | undefined;
    if (person === update.person) continue;
    const whose = person === undefined ? 'nobody' : 'somebody else';
    findings.add(
      'author',
      `update ${update.seq} of ${row.name} writes under client ${client}, which belongs to ${whose}`,
    );
  }
}
