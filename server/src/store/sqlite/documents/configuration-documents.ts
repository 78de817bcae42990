/** What the configuration is shown in, made from SQL: its board, its rules, and the histories of items and relations. */
import { CONFIGURATION_RULES_NAME } from '@muster/documents';
import {
  appendPlainEvents,
  seedConfigurationBoard,
  writeConfigurationRules,
  writeItemRow,
  writeRelationRow,
} from '@muster/documents/configuration';
import type { RelationEnd } from '@muster/documents/configuration';
import { asHistory } from '@muster/domain/configuration';
import type { ConfigurationRules, HistoryEvent, RelationEvent } from '@muster/domain/configuration';
import type { ItemId, RecordId, Recorded, ServiceId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { recordedOf } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import { DISPOSED_STAYS_MS, itemOf, relationOf } from '../../configuration.ts';
import type { RelationRow } from '../../configuration.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';
import { ensureSingle } from './single-document.ts';

interface KeyedRow {
  readonly id: string;
  readonly key: number;
  readonly data: string;
}

/** Lets go what was disposed of long ago, and tells what fills a new board with what stays. */
export function configurationBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  statements
    .prepare(
      `update configuration_item set live = 0 where live = 1 and state = 'disposed' and updated_at < ?`,
    )
    .run(now - DISPOSED_STAYS_MS);
  const { items, relations } = boardRows(statements);
  return (doc) => {
    seedConfigurationBoard(doc);
    for (const { key, data } of items) writeItemRow(doc, key, itemOf({ data }));
    for (const { row, from, to } of relations) writeRelationRow(doc, row.key, relationOf(row), { from, to });
  };
}

/** What stands on the board: items that are live, and relations of which no end has left it. */
export function boardRows(statements: Statements): {
  readonly items: readonly KeyedRow[];
  readonly relations: readonly {
    readonly row: RelationRow;
    readonly from: RelationEnd;
    readonly to: RelationEnd;
  }[];
} {
  const all = statements
    .prepare('select id, key, live, data from configuration_item order by key')
    .all() as (KeyedRow & {
    readonly live: number;
  })[];
  const keys = new Map(all.map(({ id, key, live }) => [id, live === 1 ? key : null]));
  const rows = statements
    .prepare('select * from configuration_relation where until is null order by key')
    .all() as RelationRow[];
  return {
    items: all.filter(({ live }) => live === 1),
    relations: rows.flatMap((row) => {
      const [from, to] = [row.from_item, row.to_item].map((end) => {
        const key = keys.get(end);
        return key === undefined ? (end as ServiceId) : key;
      });
      return from == null || to == null ? [] : [{ row, from, to }];
    }),
  };
}

/** An end of a relation as the board names it; null for an item that has left it. */
export function endOf(statements: Statements, id: ItemId): RelationEnd | null {
  const row = statements.prepare('select key, live from configuration_item where id = ?').get(id) as
    { key: number; live: number } | undefined;
  if (row === undefined) return id as ServiceId;
  return row.live === 1 ? row.key : null;
}

/** Whether an id is that of an item, of a relation, or of the rules, all of which have a history alone. */
export function configurationKindOf(
  statements: Statements,
  id: RecordId,
): 'item' | 'relation' | 'rules' | null {
  const row = statements
    .prepare(
      `select 'item' as kind from configuration_item where id = ? union all
       select 'relation' from configuration_relation where id = ? union all
       select 'rules' from configuration_rules where id = ?`,
    )
    .get(id, id, id) as { kind: 'item' | 'relation' | 'rules' } | undefined;
  return row?.kind ?? null;
}

/** What happened to an item and to its relations, in order; of a relation or the rules, what happened to them. */
export function configurationHistory(
  statements: Statements,
  id: RecordId,
): readonly Recorded<HistoryEvent>[] {
  const own = statements
    .prepare('select * from event where record = ? order by version')
    .all(id) as EventRow[];
  const relations = statements
    .prepare('select * from configuration_relation where from_item = ? or to_item = ?')
    .all(id, id) as RelationRow[];
  const events = statements.prepare('select * from event where record = ? order by version');
  const ofRelations = relations.flatMap((row) =>
    (events.all(row.id) as EventRow[]).map((each) =>
      asHistory(relationOf(row), recordedOf<RelationEvent>(each)),
    ),
  );
  return [...own.map((row) => recordedOf<HistoryEvent & { type: string }>(row)), ...ofRelations].toSorted(
    (one, other) => one.seq - other.seq,
  );
}

export function configurationJournal(statements: Statements, id: RecordId): (doc: Y.Doc) => void {
  const history = configurationHistory(statements, id);
  return (doc) => appendPlainEvents(doc, history);
}

/** Makes the document of the rules say what stands; only what differs is written. */
export function writeConfigurationRulesDocument(
  unit: WriteUnit,
  parts: { readonly log: DocumentLogTables; readonly server: ServerDocuments },
  rules: ConfigurationRules,
  generation: number,
  now: number,
): void {
  const single = { name: CONFIGURATION_RULES_NAME, kind: 'configuration-rules', team: null } as const;
  ensureSingle(unit, parts, single, generation, now);
  parts.server.change(unit, CONFIGURATION_RULES_NAME, now, (doc) => writeConfigurationRules(doc, rules));
}
