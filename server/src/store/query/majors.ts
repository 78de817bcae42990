import { isMeasured, timesOf } from '@muster/domain/incident';
import type { MajorTimes } from '@muster/domain/incident';
import type { Actor, RecordId, Severity } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ticketOf } from '../../commands/records.ts';
import type { Database } from '../schema.ts';
import { readableAsStaff } from './readable.ts';

/** A major incident with the times that its measures count. */
export interface MeasuredMajor {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly createdAt: number;
  readonly declaredAt: number;
  readonly times: MajorTimes;
}

/** An organisation that has more in a year has other troubles. */
export const MAJORS_AT_MOST = 2_000;

/** Major incidents opened since an instant that the actor reads as staff, without drills, newest first. */
export async function listMeasuredMajors(
  db: Kysely<Database>,
  actor: Actor,
  since: number,
): Promise<{ readonly incidents: readonly MeasuredMajor[]; readonly more: boolean }> {
  const rows = await db
    .selectFrom('record')
    .select('data')
    .where('process', '=', 'incident')
    .where('major', 'in', ['accepted', 'closed'])
    .where('created_at', '>=', since)
    .where(readableAsStaff(actor))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAJORS_AT_MOST + 1)
    .execute();
  const incidents = rows.slice(0, MAJORS_AT_MOST).flatMap((row): readonly MeasuredMajor[] => {
    const ticket = ticketOf(row);
    const { id, number, title, createdAt, major } = ticket;
    if (major === null || !isMeasured(ticket)) return [];
    const { severity, since: declaredAt } = major;
    return [{ id, number, title, severity, createdAt, declaredAt, times: timesOf(createdAt, major) }];
  });
  return { incidents, more: rows.length > MAJORS_AT_MOST };
}
