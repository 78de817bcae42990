/** Changes, maintenance windows, freezes and meetings of boards as a calendar: of the last 30 days and the next half year. */
import { changeCalendarEvents } from '@muster/domain/change';
import type { Change } from '@muster/domain/change';
import { calendarText } from '@muster/domain/shared';
import type { ServiceId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { changeOf, readChangeRules } from '../store/changes.ts';
import { loadDirectory } from '../store/directory.ts';
import { meetingOf } from '../store/meetings.ts';
import type { Database } from '../store/schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SHOWN_BACK_MS = 30 * DAY_MS;
const SHOWN_AHEAD_MS = 183 * DAY_MS;
/** The nearest are told of; nobody reads more in a calendar. */
const MOST_CHANGES = 3_000;
const MOST_MEETINGS = 1_000;

/** `kept` answers with the text of the same state, or has it written. */
export async function readChangeCalendar(
  db: Kysely<Database>,
  { base, now }: { readonly base: string; readonly now: number },
  kept: (state: string, write: () => Promise<string>) => Promise<string>,
): Promise<string> {
  // by the day, so that one text serves until something changes
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const span = { from: today - SHOWN_BACK_MS, to: today + SHOWN_AHEAD_MS };
  const directory = await loadDirectory(db);
  const rules = await readChangeRules(db, directory);
  const { models, windows, zone } = rules;
  const latest = await db
    .selectFrom('change')
    .select(({ fn }) => [fn.max('updated_at').as('at'), fn.countAll<number>().as('count')])
    .executeTakeFirst();
  const meetings = (await meetingsIn(db, span).execute()).map(meetingOf);
  const names = [...directory.services.values()].map(({ id, name }) => [id, name]);
  const met = meetings.map(({ id, version }) => [id, version]);
  const boards = [...rules.boards.values()].map(({ id, name }) => [id, name]);
  const rulesNow = [
    met,
    boards,
    windows.map(({ id, version }) => [id, version]),
    zone,
    [...models.keys()],
    names,
  ];
  return kept(JSON.stringify([base, today, latest, rulesNow]), async () => {
    const changes = await changesIn(db, span);
    const events = changeCalendarEvents(
      { changes, windows, models, span, zone, meetings, boards: rules.boards },
      {
        base,
        now: today,
        itemName: (item) => directory.services.get(item as ServiceId)?.name ?? 'something else',
      },
    );
    return calendarText('Changes', base, events);
  });
}

/** Those that overlap a span. */
export function meetingsIn(
  db: Kysely<Database>,
  { from, to }: { readonly from: number; readonly to: number },
) {
  return db
    .selectFrom('change_meeting')
    .select('data')
    .where('ends_at', '>', from)
    .where('begins_at', '<', to)
    .orderBy('begins_at')
    .limit(MOST_MEETINGS);
}

async function changesIn(
  db: Kysely<Database>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('change')
    .select('data')
    .where('ends', '>', from)
    .where('begins', '<', to)
    .orderBy('begins')
    .limit(MOST_CHANGES)
    .execute();
  return rows.map(changeOf);
}
