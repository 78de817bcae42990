/**
 * The commands `change-meeting.<verb>`: readable → arguments → facts → decide → events, row, projections, news. They come
 * through the one path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { canReadChanges, decideMeeting, evolveMeeting } from '@muster/domain/change';
import type { Meeting, MeetingAct, MeetingEvent } from '@muster/domain/change';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { meetingColumns, meetingOf } from '../../store/meetings.ts';
import type { ActParts } from '../acts.ts';
import type { ChangeBook } from '../changes/change-book.ts';
import { RecordActs } from '../record-acts.ts';
import type { Around, Evolved } from '../record-acts.ts';
import { isMeetingVerb, parseMeetingAct } from '../schema/meetings.ts';
import { byOthers } from '../unseen.ts';
import { meetingFacts } from './meeting-facts.ts';

export const MEETING_PREFIX = 'change-meeting.';

export interface MeetingParts extends ActParts {
  readonly book: ChangeBook;
  /** What the room of a change says now becomes known to the rules. */
  readonly notePlans: (change: RecordId, now: number) => Promise<void>;
}

interface StoredMeeting {
  readonly state: Meeting;
  readonly live: boolean;
}

export class MeetingCommands {
  readonly #parts: MeetingParts;
  readonly #acts: RecordActs<StoredMeeting, MeetingAct, MeetingEvent>;

  constructor(parts: MeetingParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredMeeting, MeetingAct, MeetingEvent>(parts, {
      ...{ prefix: MEETING_PREFIX, table: 'change_meeting', making: 'plan' },
      ...{ isVerb: isMeetingVerb, parse: parseMeetingAct, mayRead: canReadChanges, evolve: evolved },
      absent: (meeting) => ({ code: 'change/no-such-meeting', meeting }),
      find: (id) => this.#find(id),
      decide: (state, act, around) => this.#decide(state, act, around),
      keep: (kept) => this.#keep(kept),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #decide(
    state: Meeting | null,
    act: MeetingAct,
    { actor, now, target, directory, since }: Around<MeetingEvent>,
  ): Promise<ReturnType<typeof decideMeeting>> {
    const { db, book, notePlans } = this.#parts;
    // a vote on a text that moved a moment ago is none
    if (act.verb === 'decide-item' && state?.chair === actor.id) await notePlans(act.change, now);
    const { boards } = await book.rules();
    return decideMeeting(state, act, {
      ...{ actor, now, target, directory, since: byOthers(since, actor) },
      facts: await meetingFacts(db, directory, boards, await book.dependencies(), state, act),
    });
  }

  async #find(id: RecordId): Promise<StoredMeeting | null> {
    const row = await this.#parts.db
      .selectFrom('change_meeting')
      .select(['data', 'live'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { state: meetingOf(row), live: row.live === 1 };
  }

  async #keep({ stored, before, after, recorded }: Evolved<StoredMeeting, MeetingEvent>): Promise<void> {
    const { db, projection } = this.#parts;
    const columns = meetingColumns(after);
    await db
      .insertInto('change_meeting')
      .values({ id: after.id, live: 1, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showMeeting({ before, after, recorded, live: stored?.live ?? true });
  }
}

function evolved(
  state: Meeting | null,
  { event, actor, at }: Recorded<MeetingEvent>,
  target: RecordId,
): Meeting {
  return evolveMeeting(state, event, { actor, at }, target);
}
