/** Secret addresses of calendars, for each person: one a schedule, one for their own shifts, and one for changes. */
import { personId, scheduleId } from '@muster/domain/shared';
import type { PersonId, ScheduleId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ulid } from 'ulid';
import { hashSecret, newSecret } from '../access/tokens.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export const CALENDARS = ['shifts', 'changes'] as const;

export interface CalendarAddress {
  readonly id: string;
  readonly person: PersonId;
  readonly about: (typeof CALENDARS)[number];
  /** Null for the person's own shifts in all schedules, and for changes. */
  readonly schedule: ScheduleId | null;
  readonly madeAt: number;
  readonly usedAt: number | null;
}

/** How exactly it is kept when an address was last used. */
const USED_WITHIN_MS = 60 * 60 * 1000;

export async function listAddresses(
  db: Kysely<Database>,
  person: PersonId,
): Promise<readonly CalendarAddress[]> {
  const rows = await db
    .selectFrom('calendar_address')
    .selectAll()
    .where('person', '=', person)
    .orderBy('id')
    .execute();
  return rows.map(addressOf);
}

/** Makes an address in place of the one before, both or neither; the secret is in the answer and nowhere else. */
export async function makeAddress(
  { writer, together }: Pick<Store, 'writer' | 'together'>,
  person: PersonId,
  { about, schedule }: Pick<CalendarAddress, 'about' | 'schedule'>,
  now: number,
): Promise<{ readonly address: CalendarAddress; readonly secret: string }> {
  const secret = newSecret();
  const row = { id: ulid(), person, about, schedule, hash: hashSecret(secret), made_at: now, used_at: null };
  await together([
    writer
      .deleteFrom('calendar_address')
      .where('person', '=', person)
      .where('about', '=', about)
      .where('schedule', schedule === null ? 'is' : '=', schedule),
    writer.insertInto('calendar_address').values(row),
  ]);
  return { address: addressOf(row), secret };
}

/** False when the person has no such address. */
export async function revokeAddress(db: Kysely<Database>, person: PersonId, id: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('calendar_address')
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** The address of a secret; undefined for none. */
export async function findAddress(
  db: Kysely<Database>,
  secret: string,
): Promise<CalendarAddress | undefined> {
  const row = await db
    .selectFrom('calendar_address')
    .selectAll()
    .where('hash', '=', hashSecret(secret))
    .executeTakeFirst();
  return row && addressOf(row);
}

export async function noteUse(
  db: Kysely<Database>,
  { id, usedAt }: CalendarAddress,
  now: number,
): Promise<void> {
  if (usedAt !== null && now - usedAt < USED_WITHIN_MS) return;
  await db.updateTable('calendar_address').set({ used_at: now }).where('id', '=', id).execute();
}

function addressOf(row: {
  readonly id: string;
  readonly person: string;
  readonly about: CalendarAddress['about'];
  readonly schedule: string | null;
  readonly made_at: number;
  readonly used_at: number | null;
}): CalendarAddress {
  return {
    id: row.id,
    person: personId(row.person),
    about: row.about,
    schedule: row.schedule === null ? null : scheduleId(row.schedule),
    madeAt: row.made_at,
    usedAt: row.used_at,
  };
}
