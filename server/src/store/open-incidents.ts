import { TERMINAL_STATES } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import type { Statements } from './sqlite/statements.ts';

const OVER = [...TERMINAL_STATES, 'resolved'].map((state) => `'${state}'`).join(', ');

/** Whether incidents that are not over name an item: which, is for those to see who may read them. */
export function hasOpenIncidents(statements: Statements, item: ItemId): boolean {
  const row = statements
    .prepare(
      `select 1 from record_item join record on record.key = record_item.record
       where record_item.item = ? and record.process = 'incident' and record.state not in (${OVER}) limit 1`,
    )
    .get(item);
  return row !== undefined;
}
