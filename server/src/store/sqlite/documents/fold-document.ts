import { rulesOf } from '@muster/documents';
import { snapshotHash } from '../row-sums.ts';
import type { Statements } from '../statements.ts';
import type { DocumentRow } from './document-row.ts';
import { FoldMismatch, countStructures, docOf, encodeVerified } from './fold.ts';
import type { Fold } from './fold.ts';
import { DocumentLogTables } from './log.ts';

/**
 * Folds what a document's log holds now into one verified snapshot; null when there is nothing to fold.
 * Throws FoldMismatch when the log is damaged or the snapshot is not the log.
 */
export function foldDocument(statements: Statements, name: string): Fold | null {
  const log = new DocumentLogTables(statements);
  const row = log.find(name);
  if (row === undefined || row.head_seq === row.snapshot_seq) return null;
  const { snapshot: base, tail, seq, damage } = log.read(row);
  if (damage !== null) throw new FoldMismatch(damage);
  const doc = docOf(base, tail);
  const bin = encodeVerified(doc, rootsOf(row, [...doc.share.keys()]));
  const snapshot = { name, seq, bin, at: Date.now() };
  const fold = {
    ...snapshot,
    fromSnapshotSeq: row.snapshot_seq,
    sha256: snapshotHash(snapshot),
    structures: countStructures(doc),
    entries: countEntries(row, doc.toJSON()),
  };
  doc.destroy();
  return fold;
}

/** Roots with their types, those of a prefix (drafts) as far as the document has them. */
export function rootsOf(
  row: Pick<DocumentRow, 'kind'>,
  present: readonly string[],
): Readonly<Record<string, string>> {
  const { roots, rootPrefixes } = rulesOf(row.kind);
  const known: Record<string, string> = { ...roots };
  for (const root of present) {
    for (const [prefix, type] of Object.entries(rootPrefixes))
      if (root.startsWith(prefix)) known[root] = type;
  }
  return known;
}

/** How many entries the maps of a projection hold: what its structures are compared with. */
function countEntries(row: DocumentRow, content: Readonly<Record<string, unknown>>): number {
  if (!rulesOf(row.kind).hasEpoch) return 0;
  return Object.values(content).reduce<number>(
    (sum, root) => sum + (typeof root === 'object' && root !== null ? Object.keys(root).length : 0),
    0,
  );
}
