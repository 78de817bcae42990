/**
 * The tables that keep their events in the one history. All that must know every one of them (whose an id is, who may
 * read it, which documents it has, which events belong to nothing) reads this list, so that none is forgotten.
 */
import type { DocumentKind } from '@muster/documents';
import type { RecordProcess } from '@muster/domain/shared';
import type { Database } from './schema.ts';

/** Whose versions are not of the one history: they have events of their own, or name the version of something else. */
type Elsewhere = 'announcement' | 'announcement_mail' | 'deployment' | 'schedule';

export type HistoryTable = {
  [Name in keyof Database]: Database[Name] extends { readonly id: unknown; readonly version: unknown }
    ? Name
    : never;
}[Exclude<keyof Database, Elsewhere>];

interface KeptRecord {
  /** Whose records they are; null where each row tells. */
  readonly process: RecordProcess | null;
  /** Whether they have numbers to be called by. */
  readonly numbered: boolean;
  /** What a record of it has documents of, made when they are first asked for. */
  readonly documents: readonly DocumentKind[];
}

const KEPT = {
  record: { process: null, numbered: true, documents: ['record', 'journal', 'room'] },
  change: { process: 'change', numbered: true, documents: ['journal', 'room'] },
  change_template: { process: 'change', numbered: false, documents: ['journal'] },
  change_board: { process: 'change', numbered: false, documents: ['journal'] },
  change_meeting: { process: 'change', numbered: false, documents: ['journal', 'room', 'meeting'] },
  release: { process: 'release', numbered: true, documents: ['journal', 'room', 'release'] },
  problem: { process: 'problem', numbered: true, documents: ['journal', 'room'] },
  configuration_item: { process: 'configuration', numbered: true, documents: ['journal'] },
  configuration_relation: { process: 'configuration', numbered: false, documents: ['journal'] },
  configuration_rules: { process: 'configuration', numbered: false, documents: ['journal'] },
  known_error: { process: 'problem', numbered: false, documents: ['journal', 'article'] },
} as const satisfies Readonly<Record<HistoryTable, KeptRecord>>;

export const HISTORY_TABLES: readonly (KeptRecord & { readonly table: HistoryTable })[] = Object.entries(
  KEPT,
).map(([table, kept]) => ({ ...kept, table: table as HistoryTable }));

/** Tables whose records are all of one process. */
export type OwnTable = Exclude<HistoryTable, 'record'>;

export function keptIn(table: OwnTable): { readonly process: RecordProcess; readonly numbered: boolean } {
  return KEPT[table];
}
