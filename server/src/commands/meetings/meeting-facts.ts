/** What decisions about a meeting look at, read as far as an act needs it. */
import { matchedOf } from '@muster/domain/change';
import type { Change, Dependencies, Meeting, MeetingAct, MeetingFacts } from '@muster/domain/change';
import type { Directory, RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { changeOf } from '../../store/changes.ts';
import { meetingOf } from '../../store/meetings.ts';
import type { Database } from '../../store/schema.ts';
import { changesOf } from '../releases/release-facts.ts';

export async function meetingFacts(
  db: Kysely<Database>,
  { services }: Pick<Directory, 'services'>,
  boards: MeetingFacts['boards'],
  dependencies: Dependencies,
  state: Meeting | null,
  act: MeetingAct,
): Promise<MeetingFacts> {
  const changes = await changesFor(db, state, act);
  return {
    boards,
    meetings: await meetingsFor(db, state, act),
    changeOf: (id) => changes.get(id),
    changes: () => [...changes.values()],
    matched: (change) => matchedOf(change, { dependencies }, services),
  };
}

/** Opening looks at all that are not over; what is done to one item, at that one; closing, at the agenda. */
async function changesFor(
  db: Kysely<Database>,
  state: Meeting | null,
  act: MeetingAct,
): Promise<ReadonlyMap<RecordId, Change>> {
  if (act.verb === 'close')
    return changesOf(
      db,
      (state?.agenda ?? []).map(({ change }) => change),
    );
  if (act.verb === 'add-item' || act.verb === 'decide-item') return changesOf(db, [act.change]);
  if (act.verb !== 'open') return new Map();
  const rows = await db.selectFrom('change').select('data').where('closed_at', 'is', null).execute();
  return new Map(rows.map(changeOf).map((change) => [change.id, change]));
}

/** For planning, those at the same moment; for opening, the last that was closed, and what is held just now. */
async function meetingsFor(
  db: Kysely<Database>,
  state: Meeting | null,
  act: MeetingAct,
): Promise<readonly Meeting[]> {
  if (act.verb === 'plan') {
    const rows = await db
      .selectFrom('change_meeting')
      .select('data')
      .where('board', '=', act.board)
      .where('begins_at', '=', act.at)
      .execute();
    return rows.map(meetingOf);
  }
  if (act.verb !== 'open' || state === null) return [];
  const { rows } = await sql<{ data: string }>`
    select data from (
      select data from change_meeting where board = ${state.board} and state = 'closed'
      order by closed_at desc, id desc limit 1
    )
    union all
    select data from change_meeting where board = ${state.board} and state = 'live'
  `.execute(db);
  return rows.map(meetingOf);
}
