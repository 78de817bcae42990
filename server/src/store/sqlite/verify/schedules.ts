/** Every schedule against its events, and the document `oncall` against those that are there. */
import { ONCALL_NAME, readSchedules } from '@muster/documents';
import { evolveSchedule, scheduleId } from '@muster/domain/shared';
import type { Schedule } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { scheduleColumns, scheduleEventOf } from '../../../commands/schedules.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { ScheduleEventTable, ScheduleTable } from '../../schema-schedules.ts';
import { scheduleOf } from '../../schedules.ts';
import type { Statements } from '../statements.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

export function verifySchedules(statements: Statements, findings: Findings): void {
  const events = statements.prepare('select * from schedule_event where schedule = ? order by version');
  const rows = statements.prepare('select * from schedule order by id').all();
  for (const row of rows as Selectable<ScheduleTable>[]) {
    const name = `schedule ${row.id}`;
    const unreadable = () => findings.add('schedule', `${name} cannot be read`);
    const [there] = readable([row], scheduleOf, unreadable);
    const history = events.all(row.id) as Selectable<ScheduleEventTable>[];
    const recorded = readable(history, scheduleEventOf, unreadable);
    if (there === undefined || recorded.length < history.length) continue;
    const folded = recorded.reduce<Schedule | null>(
      (state, { event, actor, at }) => evolveSchedule(state, event, { actor, at }, scheduleId(row.id)),
      null,
    );
    if (canonicalJson(folded) !== canonicalJson(there))
      findings.add('schedule', `${name} is not what its events say`);
    const column = differenceOf(row, scheduleColumns(there));
    if (column !== null) findings.add('schedule', `${name} has another ${column}`);
  }
}

/** The document shows each schedule that was not removed, as it is, and no other. */
export function compareOnCall(statements: Statements, findings: Findings, doc: Y.Doc): void {
  const { schedules, nonconforming } = readSchedules(doc);
  for (const { path, reason } of nonconforming) findings.add('oncall', `${ONCALL_NAME} ${path}: ${reason}`);
  const shown = new Map<string, Schedule>(schedules);
  const rows = statements.prepare('select data from schedule where removed_at is null').all();
  for (const each of readable(rows as { data: string }[], scheduleOf, () => undefined)) {
    const found = shown.get(each.id);
    shown.delete(each.id);
    if (found === undefined) findings.add('oncall', `${ONCALL_NAME} lacks ${each.id}`);
    else if (canonicalJson(found) !== canonicalJson(each))
      findings.add('oncall', `${ONCALL_NAME} shows ${each.id} otherwise than it is`);
  }
  for (const id of shown.keys()) findings.add('oncall', `${ONCALL_NAME} shows ${id}, which is not there`);
}
