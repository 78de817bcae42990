import type { RawRow, Row } from './row.ts';

/** Columns that our events already tell, and counters that follow from the rows. */
const TOLD = new Set([
  'number',
  'incident_state',
  'active',
  'reassignment_count',
  'reopen_count',
  'sys_mod_count',
  'caller_id',
  'opened_by',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'contact_type',
  'category',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
]);

/** Columns that carry their final value on every row, also on rows of long before: known only once it is over. */
const FINAL = new Set(['made_sla', 'closed_code', 'resolved_by', 'resolved_at', 'closed_at']);

/** What a row says that has no place in our record: kept as it is found. */
export function unmapped(row: Row): RawRow {
  const over = row.state.state === 'resolved' || row.state.state === 'closed';
  return Object.fromEntries(
    Object.entries(row.raw).filter(
      ([column, value]) => !TOLD.has(column) && (over || !FINAL.has(column)) && value !== '' && value !== '?',
    ),
  );
}

/** Only what differs from what was known; null when nothing does. */
export function changedColumns(known: RawRow, next: RawRow): RawRow | null {
  const changed = Object.entries(next).filter(([column, value]) => known[column] !== value);
  return changed.length === 0 ? null : Object.fromEntries(changed);
}
