/** What relations that were added or removed change: rows of the board, and the histories that tell of each. */
import { journalName } from '@muster/documents';
import { removeRelationRow, writeRelationRow } from '@muster/documents/configuration';
import { asHistory } from '@muster/domain/configuration';
import type { HistoryEvent, RelationEvent } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, Recorded } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { ShownRelation } from '../../../commands/projection.ts';
import type { Statements } from '../statements.ts';
import { endOf } from './configuration-documents.ts';

type HistoryLine = Recorded<HistoryEvent | RelationEvent>;

/** Writes them on a board, and takes off it those that are no more. */
export function relationRows(statements: Statements, shown: readonly ShownRelation[]): (doc: Y.Doc) => void {
  const known = new Map<ItemId, ReturnType<typeof endOf>>();
  const end = (id: ItemId): ReturnType<typeof endOf> => {
    const found = known.has(id) ? known.get(id) : endOf(statements, id);
    known.set(id, found ?? null);
    return found ?? null;
  };
  return (doc) => {
    for (const { after, key } of shown) {
      const [from, to] = after.until === null ? [end(after.from), end(after.to)] : [null, null];
      if (from === null || to === null) removeRelationRow(doc, key);
      else writeRelationRow(doc, key, after, { from, to });
    }
  };
}

/** By the names of their documents: those of both ends, and that of each relation itself. */
export function relationHistories(
  shown: readonly ShownRelation[],
): ReadonlyMap<string, readonly HistoryLine[]> {
  const histories = new Map<string, HistoryLine[]>();
  const tell = (name: string, lines: readonly HistoryLine[]): void => {
    const known = histories.get(name);
    if (known === undefined) histories.set(name, [...lines]);
    else known.push(...lines);
  };
  for (const { after, recorded } of shown) {
    const lines = recorded.map((each) => asHistory(after, each));
    for (const end of new Set([after.from, after.to])) tell(journalName(recordId(end)), lines);
    tell(journalName(after.id), recorded);
  }
  return histories;
}
