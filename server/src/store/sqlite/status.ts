import type { StoreStatus } from '../store.ts';
import { FAILURES_TO_SET_ASIDE } from './compactor.ts';
import type { Statements } from './statements.ts';

export function readStatus(statements: Statements): StoreStatus {
  const count = (table: 'document' | 'record' | 'event'): number =>
    statements.prepare(`select count(*) from ${table}`).pluck().get() as number;
  const names = (condition: string): readonly string[] =>
    statements
      .prepare(`select name from document where ${condition} order by name`)
      .pluck()
      .all() as string[];
  const lastBackupAt = statements.prepare('select last_backup_at from instance').pluck().get() as
    number | null;
  return {
    bytes: statements
      .prepare('select page_count * page_size from pragma_page_count(), pragma_page_size()')
      .pluck()
      .get() as number,
    documents: count('document'),
    records: count('record'),
    events: count('event'),
    lastBackupAt,
    setAside: names(`failed_compactions >= ${FAILURES_TO_SET_ASIDE}`),
    damaged: names('damaged_at is not null'),
  };
}
