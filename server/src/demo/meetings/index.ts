/** The change board of the demonstration: a quarter of weekly meetings with their minutes, and the next one, to be opened. */
import { votesSay } from '@muster/domain/change';
import type { BoardAct, BoardFields, MeetingAct } from '@muster/domain/change';
import { commandId, occurrencesBetween, onTheClock, recordId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import { changeOf } from '../../store/changes.ts';
import { meetingOf } from '../../store/meetings.ts';
import type { Store } from '../../store/store.ts';
import type { Interlude } from '../changes/index.ts';
import { boardOf } from '../changes/rules.ts';
import type { Cast } from '../people.ts';
import { DEMO_CALENDAR } from '../rules.ts';
import { DEMO_SOURCE } from '../tickets.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
const WEEKS_BACK = 12;
/** What an hour is enough for; the rest is left for the next meeting. */
const MOST_ITEMS = 8;
const ITEM_TAKES = 7 * MINUTE;
const { zone } = DEMO_CALENDAR;

const BOARD = stableRecordId(DEMO_SOURCE, 'change-board');

export class DemoBoard {
  readonly #store: Store;
  readonly #chair: Actor;
  readonly #members: readonly Actor[];
  readonly #now: number;
  readonly #fields: BoardFields;
  readonly #versions = new Map<RecordId, number>();

  constructor(store: Store, cast: Cast, now: number) {
    const [chair, ...members] = boardOf(cast);
    if (chair === undefined) throw new Error('demonstration: nobody leads');
    this.#store = store;
    this.#chair = chair;
    this.#members = members;
    this.#now = now;
    this.#fields = fieldsOf(chair, members, now);
  }

  async make(): Promise<void> {
    const act: BoardAct = { verb: 'create', fields: this.#fields };
    const { verb, ...args } = act;
    await this.#run(`change-board.${verb}`, BOARD, this.#chair, this.#now - (WEEKS_BACK + 1) * WEEK, args);
  }

  /** Those that were held, each to happen at its time. */
  meetings(): readonly Interlude[] {
    return this.#dates(this.#now - WEEKS_BACK * WEEK, this.#now - DAY).map((at) => ({
      at,
      happens: () => this.#held(at),
    }));
  }

  async planNext(): Promise<void> {
    const next = this.#dates(this.#now, this.#now + WEEK).find((at) => at > this.#now);
    if (next === undefined) return;
    const plan: MeetingAct = { verb: 'plan', board: BOARD, at: next };
    await this.#act(meetingAt(next), this.#chair, this.#now - DAY, plan);
  }

  /** One meeting from its planning to its end: what the votes came to is noted, what is still open is deferred. */
  async #held(at: number): Promise<void> {
    const id = meetingAt(at);
    const chair = (later: number, act: MeetingAct) => this.#act(id, this.#chair, at + later, act);
    await chair(-WEEK, { verb: 'plan', board: BOARD, at });
    await chair(0, { verb: 'open' });
    for (const person of this.#members.slice(0, 3))
      await this.#act(id, person, at + MINUTE, { verb: 'join' });
    let time = 2 * MINUTE;
    for (const change of (await this.#agendaOf(id)).slice(0, MOST_ITEMS)) {
      await chair(time, { verb: 'show-item', change, from: null });
      time += ITEM_TAKES;
      await chair(time, { verb: 'decide-item', change, ...(await this.#verdictOn(change)) });
    }
    await chair(time + MINUTE, { verb: 'close' });
  }

  async #agendaOf(meeting: RecordId): Promise<readonly RecordId[]> {
    const row = await this.#store.reader
      .selectFrom('change_meeting')
      .select('data')
      .where('id', '=', meeting)
      .executeTakeFirstOrThrow();
    return meetingOf(row).agenda.map(({ change }) => change);
  }

  async #verdictOn(
    change: RecordId,
  ): Promise<Pick<Extract<MeetingAct, { verb: 'decide-item' }>, 'revision' | 'verdict' | 'note'>> {
    const row = await this.#store.reader
      .selectFrom('change')
      .select('data')
      .where('id', '=', change)
      .executeTakeFirstOrThrow();
    const read = changeOf(row);
    const { revision } = read;
    const said = votesSay(read);
    return said === 'open'
      ? { revision, verdict: 'deferred', note: 'Not everybody who is asked has read the plans.' }
      : { revision, verdict: said };
  }

  #dates(from: number, to: number): readonly number[] {
    return occurrencesBetween(this.#fields.when, from, to, zone).map((date) => date.from);
  }

  async #act(id: RecordId, by: Actor, at: number, { verb, ...args }: MeetingAct): Promise<void> {
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

function meetingAt(at: number): RecordId {
  return stableRecordId(DEMO_SOURCE, `change-meeting-${at}`);
}
