/** For tests: a board with two chairs and its meetings, over changes that are given. Nothing here is used when serving. */
import { personId, recordId } from '../../shared/index.ts';
import type { RecordId, Recorded } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { matchedOf } from '../facts.ts';
import { servicesAlone } from '../test-support/services-alone.ts';
import { NOW, PEOPLE, actorOf, normal } from '../test-board.ts';
import type { MeetingAct, MeetingEvent } from './acts.ts';
import { DEFAULT_AGENDA } from './board.ts';
import type { MeetingBoard } from './board.ts';
import { decideMeeting } from './decide.ts';
import { evolveMeeting } from './evolve.ts';
import type { MeetingAnswer } from './facts.ts';
import type { Meeting } from './meeting.ts';

/** Mondays at 11:00 in Zurich: the first is now. */
export const WEEKLY: MeetingBoard = {
  id: recordId('b1'),
  version: 1,
  retired: false,
  updatedAt: NOW,
  name: 'Weekly board',
  when: {
    zone: 'Europe/Zurich',
    begins: '2026-06-01T11:00',
    ends: '2026-06-01T12:00',
    repeats: { unit: 'week', every: 1, weekdays: [1], until: null },
  },
  itemMinutes: 10,
  chairs: [personId('kim'), personId('lou')],
  members: [personId('max'), personId('ana')],
  agenda: DEFAULT_AGENDA,
};

export const waiting = (id: string, given: Partial<Change> = {}): Change => ({
  ...normal('authorize').it,
  id: recordId(id),
  ...given,
});

export class Meetings {
  now = NOW;
  board = WEEKLY;
  readonly changes = new Map<RecordId, Change>();
  readonly #states = new Map<RecordId, Meeting>();
  readonly #history = new Map<RecordId, Recorded<MeetingEvent>[]>();

  constructor(changes: readonly Change[] = [waiting('c1'), waiting('c2'), waiting('c3')]) {
    for (const change of changes) this.changes.set(change.id, change);
  }

  at(id = 'm1'): Meeting {
    const state = this.#states.get(recordId(id));
    if (state === undefined) throw new Error(`no meeting ${id} was planned`);
    return state;
  }

  get versions(): number {
    return this.#history.get(recordId('m1'))?.length ?? 0;
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, act: MeetingAct, id = 'm1', basis?: number): MeetingAnswer {
    const target = recordId(id);
    const state = this.#states.get(target) ?? null;
    const history = this.#history.get(target) ?? [];
    const actor = actorOf(who);
    const answer = decideMeeting(state, act, {
      actor,
      now: this.now,
      target,
      directory: PEOPLE,
      since: history.filter(
        (each) => each.version > (basis ?? state?.version ?? 0) && each.actor !== actor.id,
      ),
      facts: {
        boards: new Map([[this.board.id, this.board]]),
        meetings: [...this.#states.values()],
        changeOf: (change) => this.changes.get(change),
        changes: () => [...this.changes.values()],
        matched: (change) =>
          matchedOf(change, { dependencies: servicesAlone(PEOPLE.services) }, PEOPLE.services),
      },
    });
    for (const event of answer.ok ? answer.value.events : []) {
      const before = this.#states.get(target) ?? null;
      const version = (before?.version ?? 0) + 1;
      const recorded = { seq: version, version, event, actor: actor.id, at: this.now, clientAt: this.now };
      this.#history.set(target, [...(this.#history.get(target) ?? []), recorded]);
      this.#states.set(target, evolveMeeting(before, event, recorded, target));
    }
    return answer;
  }

  /** Runs an act that is to be let through. */
  do(who: string, act: MeetingAct, id = 'm1'): this {
    const answer = this.run(who, act, id);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return this;
  }

  /** A live meeting in kim's chair. */
  live(id = 'm1', at = NOW): this {
    return this.do('kim', { verb: 'plan', board: this.board.id, at }, id).do('kim', { verb: 'open' }, id);
  }

  show(change: string | null, who = 'kim'): this {
    const id = change === null ? null : recordId(change);
    return this.do(who, { verb: 'show-item', change: id, from: this.at().current });
  }

  items(id = 'm1'): readonly string[] {
    return this.at(id).agenda.map(({ change }) => change);
  }
}
