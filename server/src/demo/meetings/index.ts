/** The change board of the demonstration: a quarter of weekly meetings with their minutes, and the next one, to be opened. */
import { votesSay } from '@muster/domain/change';
import type { AgendaFilter, BoardAct, BoardFields, Change, MeetingAct } from '@muster/domain/change';
import { commandId, occurrencesBetween, onTheClock, recordId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import { changeOf } from '../../store/changes.ts';
import type { Store } from '../../store/store.ts';
import { boardOf } from '../changes/rules.ts';
import type { Cast } from '../people.ts';
import { DEMO_CALENDAR } from '../rules.ts';
import { DEMO_SOURCE } from '../tickets.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
const WEEKS_BACK = 12;
const MOST_ITEMS = 3;
const { zone } = DEMO_CALENDAR;

const BOARD = stableRecordId(DEMO_SOURCE, 'change-board');

export async function fillMeetings(store: Store, cast: Cast, now: number): Promise<void> {
  const [chair, ...members] = boardOf(cast);
  if (chair === undefined) throw new Error('demonstration: nobody leads');
  const play = new Play(store, chair, now);
  const fields = fieldsOf(chair, members, now);
  // what waits today did not wait then
  const early: AgendaFilter = { states: ['detected'], when: { models: ['emergency'] }, policies: [] };
  await play.board(now - (WEEKS_BACK + 1) * WEEK, { verb: 'create', fields: { ...fields, agenda: early } });
  const rows = await store.reader.selectFrom('change').select('data').orderBy('id').execute();
  const changes = rows.map(changeOf);
  for (const { from } of occurrencesBetween(fields.when, now - WEEKS_BACK * WEEK, now - DAY, zone))
    await play.held(from, members.slice(0, 3), lookedAt(changes, from));
  await play.board(now - DAY, { verb: 'edit', fields: { agenda: fields.agenda } });
  const [next] = occurrencesBetween(fields.when, now, now + WEEK, zone).filter(({ from }) => from > now);
  if (next !== undefined)
    await play.meeting(meetingAt(next.from), chair, now - DAY, {
      ...{ verb: 'plan', board: BOARD, at: next.from },
    });
}

/** Weekly, in two days from now at ten. */
function fieldsOf(chair: Actor, members: readonly Actor[], now: number): BoardFields {
  const day = onTheClock(zone, now + 2 * DAY - (WEEKS_BACK + 1) * WEEK).slice(0, 10);
  return {
    name: 'Change advisory board',
    when: {
      zone,
      ...{ begins: `${day}T10:00`, ends: `${day}T11:00` },
      repeats: { unit: 'week', every: 1, weekdays: [], until: null },
    },
    itemMinutes: 10,
    chairs: [chair.id],
    members: members.map(({ id }) => id),
    agenda: { states: ['authorize'], when: {}, policies: [] },
  };
}

/** What the votes had come to in the week before. */
function lookedAt(changes: readonly Change[], at: number): readonly Change[] {
  const voted = (change: Change) =>
    change.approvals.some(({ decidedAt }) => decidedAt !== null && decidedAt > at - WEEK && decidedAt < at);
  return changes.filter((each) => voted(each) && votesSay(each) !== 'open').slice(0, MOST_ITEMS);
}

function meetingAt(at: number): RecordId {
  return stableRecordId(DEMO_SOURCE, `change-meeting-${at}`);
}

class Play {
  readonly #store: Store;
  readonly #chair: Actor;
  readonly #now: number;
  readonly #versions = new Map<RecordId, number>();

  constructor(store: Store, chair: Actor, now: number) {
    this.#store = store;
    this.#chair = chair;
    this.#now = now;
  }

  /** One meeting from its planning to its end. */
  async held(at: number, people: readonly Actor[], changes: readonly Change[]): Promise<void> {
    const id = meetingAt(at);
    const chair = (later: number, act: MeetingAct) => this.meeting(id, this.#chair, at + later, act);
    await chair(-WEEK, { verb: 'plan', board: BOARD, at });
    await chair(0, { verb: 'open' });
    for (const person of people) await this.meeting(id, person, at + MINUTE, { verb: 'join' });
    let time = 2 * MINUTE;
    let current: RecordId | null = null;
    for (const change of changes) await chair(time, { verb: 'add-item', change: change.id });
    for (const change of changes) {
      await chair(time, { verb: 'show-item', change: change.id, from: current });
      time += 7 * MINUTE;
      const verdict = votesSay(change) === 'rejected' ? 'rejected' : 'approved';
      await chair(time, { verb: 'decide-item', change: change.id, verdict });
      current = null;
    }
    await chair(time + MINUTE, { verb: 'close' });
  }

  async board(at: number, { verb, ...args }: BoardAct): Promise<void> {
    await this.#run(`change-board.${verb}`, BOARD, this.#chair, at, args);
  }

  async meeting(id: RecordId, by: Actor, at: number, { verb, ...args }: MeetingAct): Promise<void> {
    await this.#run(`change-meeting.${verb}`, id, by, at, args);
  }

  async #run(type: string, target: RecordId, actor: Actor, at: number, args: object): Promise<void> {
    if (at > this.#now) throw new Error(`demonstration: ${type} lies in the future`);
    const basis = this.#versions.get(target) ?? 0;
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${target}-${basis}`));
    const command = { id, type, target: recordId(target), args, basis, clientAt: at };
    const [outcome] = await this.#store.commands.actOut([{ command, actor, at }]);
    if (outcome?.outcome !== 'applied')
      throw new Error(`demonstration: ${type} at ${at}: ${JSON.stringify(outcome)}`);
    this.#versions.set(target, outcome.version);
  }
}
