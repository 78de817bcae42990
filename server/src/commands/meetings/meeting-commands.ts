/**
 * The commands `change-meeting.<verb>`: readable → arguments → facts → decide → events, row, projections, news. They come
 * through the one path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { canReadChanges, decideMeeting, evolveMeeting } from '@muster/domain/change';
import type { Meeting, MeetingAct, MeetingEvent } from '@muster/domain/change';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { meetingColumns, meetingOf } from '../../store/meetings.ts';
import { chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing } from '../acts.ts';
import type { ChangeBook } from '../changes/change-book.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isMeetingVerb, parseMeetingAct } from '../schema/meetings.ts';
import { unseenBy } from '../unseen.ts';
import { meetingFacts } from './meeting-facts.ts';

export const MEETING_PREFIX = 'change-meeting.';

export interface MeetingParts extends ActParts {
  readonly book: ChangeBook;
  /** What the room of a change says now becomes known to the rules. */
  readonly notePlans: (change: RecordId, now: number) => Promise<void>;
}

interface StoredMeeting {
  readonly meeting: Meeting;
  readonly live: boolean;
}

export class MeetingCommands {
  readonly #parts: MeetingParts;

  constructor(parts: MeetingParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(MEETING_PREFIX.length);
    if (!isMeetingVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isHidden = !canReadChanges(actor) || (stored === null && verb !== 'plan');
    if (isHidden || (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'change_meeting'))))
      return refused({ code: 'change/no-such-meeting', meeting: target });
    const act = parseMeetingAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(stored, act.value, command, doingOf(command, actor, now));
  }

  async #decide(
    stored: StoredMeeting | null,
    act: MeetingAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { db, book, notePlans } = this.#parts;
    const { actor, at: now } = doing;
    const { target } = command;
    const state = stored?.meeting ?? null;
    // a vote on a text that moved a moment ago is none
    if (act.verb === 'decide-item' && state?.chair === actor.id) await notePlans(act.change, now);
    const since = state === null ? [] : await unseenBy<MeetingEvent>(command, this.#parts);
    const directory = await this.#parts.directory();
    const { boards } = await book.rules();
    const verdict = decideMeeting(state, act, {
      ...{ actor, now, target, directory },
      since: since.filter((recorded) => recorded.actor !== actor.id),
      facts: await meetingFacts(db, directory, boards, state, act),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, tell } = verdict.value;
    const after = await this.#write(stored, target, events, doing);
    const about = { process: 'change', record: target } as const;
    await tellPeople(this.#parts.projection, tell, about, command.id, now);
    return { outcome: 'applied', version: after.version };
  }

  async #find(id: RecordId): Promise<StoredMeeting | null> {
    const row = await this.#parts.db
      .selectFrom('change_meeting')
      .select(['data', 'live'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { meeting: meetingOf(row), live: row.live === 1 };
  }

  async #write(
    stored: StoredMeeting | null,
    target: RecordId,
    events: readonly MeetingEvent[],
    doing: Doing,
  ): Promise<Meeting> {
    const { db, projection } = this.#parts;
    const before = stored?.meeting ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, evolved, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) throw new Error('an act on a meeting without an event');
    const columns = meetingColumns(after);
    await db
      .insertInto('change_meeting')
      .values({ id: target, live: 1, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    const recorded = folded.map((each) => each.recorded);
    await projection.showMeeting({ before, after, recorded, live: stored?.live ?? true });
    return after;
  }
}

function evolved(
  state: Meeting | null,
  { event, actor, at }: Recorded<MeetingEvent>,
  target: RecordId,
): Meeting {
  return evolveMeeting(state, event, { actor, at }, target);
}
