import {
  DEFAULT_AGENDA,
  agendaFor,
  decideMeeting,
  evolveMeeting,
  itemOf,
  matchedOf,
} from '@muster/domain/change';
import { servicesAlone } from '@muster/domain/testing/changes';
import type { Meeting, MeetingAct, MeetingBoard, MeetingFacts } from '@muster/domain/change';
import { permissionsOf, recordId } from '@muster/domain/shared';
import type { Actor, Directory, Outcome, PersonId, RecordId } from '@muster/domain/shared';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { BoardRow, LiveMeeting, LiveMeetings, MeetingRow } from '#lib/live/meeting/live-meetings.ts';
import { Grains } from '#lib/live/grains.ts';
import type { SentCommand } from '#lib/live/sent-command.ts';
import { NOW } from '#lib/ticket/test-support/tickets.ts';
import type { ChangeTrial } from './change-trial.svelte.ts';

const MINUTE = 60_000;

/** One board and its one meeting over plain data, for component tests: the real rules decide, nothing is sent. */
export class MeetingTrial implements LiveMeetings {
  readonly id = recordId('01M00000000000000000000001');
  readonly actor: Actor;
  readonly loaded = true;
  board: BoardRow;
  readonly changes: LiveChanges;
  readonly acts: MeetingAct[] = [];
  /** Of what is done next. */
  now = NOW;
  readonly #directory: Directory;
  readonly #trials: readonly ChangeTrial[];
  readonly #grains = new Grains<'meeting'>();
  #state: Meeting | null = null;

  constructor(
    directory: Directory,
    me: PersonId,
    people: Pick<MeetingBoard, 'chairs' | 'members'>,
    trials: readonly [ChangeTrial, ...ChangeTrial[]],
  ) {
    this.#directory = directory;
    this.#trials = trials;
    this.actor = actorOf(me);
    this.changes = together(trials);
    this.board = {
      ...{
        id: recordId('01B00000000000000000000001'),
        version: 1,
        retired: false,
        updatedAt: NOW,
        pending: 0,
      },
      ...{ name: 'Weekly board', itemMinutes: 10, agenda: DEFAULT_AGENDA, ...people },
      when: { zone: 'UTC', begins: '2026-06-01T09:00', ends: '2026-06-01T10:00', repeats: null },
    };
  }

  /** What somebody does, and the server takes; throws when the rules refuse it. */
  as(person: PersonId, act: MeetingAct): this {
    const refusal = this.#decide(actorOf(person), act);
    if (refusal !== null) throw new Error(`${act.verb}: ${JSON.stringify(refusal)}`);
    return this;
  }

  /** A meeting that somebody has opened. */
  opened(by: PersonId): this {
    return this.as(by, { verb: 'plan', board: this.board.id, at: NOW }).as(by, { verb: 'open' });
  }

  /** So many minutes go by. */
  wait(minutes: number): this {
    this.now += minutes * MINUTE;
    return this;
  }

  get it(): Meeting {
    if (this.#state === null) throw new Error('there is no meeting');
    return this.#state;
  }

  get boards(): readonly BoardRow[] {
    return [this.board];
  }

  get all(): readonly MeetingRow[] {
    this.#grains.read('meeting');
    if (this.#state === null) return [];
    const { attendance, agenda, current, plannedBy, heldAs, ...row } = this.#state;
    void [attendance, current, plannedBy, heldAs];
    const decided = agenda.filter(({ decision }) => decision !== null).length;
    return [{ ...row, items: agenda.length, decided, pending: 0 }];
  }

  get = (id: RecordId): MeetingRow | undefined => this.all.find((row) => row.id === id);
  newId = (): RecordId => this.id;
  basisOf = (): number => this.#state?.version ?? 0;
  agendaOf = (board: MeetingBoard) => agendaFor(board, this.#facts());

  before(change: RecordId) {
    this.#grains.read('meeting');
    if (this.#state === null || itemOf(this.#state, change)?.decision !== null) return undefined;
    return { meeting: this.id, isCurrent: this.#state.current === change };
  }

  run(target: RecordId, act: MeetingAct): SentCommand {
    this.acts.push(act);
    const refusal = this.#decide(this.actor, act);
    const outcome: Outcome =
      refusal === null ? { outcome: 'applied', version: this.it.version } : { outcome: 'refused', refusal };
    const kept = Promise.resolve(refusal === null ? ('kept' as const) : outcome);
    return { id: `m${this.acts.length}`, target, kept, settled: Promise.resolve(outcome) };
  }

  runBoard(): never {
    throw new Error('boards are not altered here');
  }

  openJournal(): never {
    throw new Error('histories of boards are not read here');
  }

  open(id: RecordId): LiveMeeting {
    const state = () => {
      this.#grains.read('meeting');
      return this.#state ?? undefined;
    };
    return {
      ...{ id, loaded: true, pending: 0, close: () => undefined },
      get meeting() {
        return state();
      },
    };
  }

  #facts(): MeetingFacts {
    const { services } = this.#directory;
    return {
      boards: new Map([[this.board.id, this.board]]),
      meetings: [],
      changeOf: (id) => this.changes.get(id),
      changes: () => this.#trials.map(({ it }) => it),
      matched: (change) => matchedOf(change, { dependencies: servicesAlone(services) }, services),
    };
  }

  #decide(actor: Actor, act: MeetingAct) {
    const answer = decideMeeting(this.#state, act, {
      ...{
        actor,
        now: this.now,
        target: this.id,
        directory: this.#directory,
        since: [],
        facts: this.#facts(),
      },
    });
    if (!answer.ok) return answer.refusal;
    for (const event of answer.value.events)
      this.#state = evolveMeeting(this.#state, event, { actor: actor.id, at: this.now }, this.id);
    this.#grains.tell('meeting');
    return null;
  }
}

function actorOf(id: PersonId): Actor {
  return { id, name: id, permissions: permissionsOf(['agent']), teams: [] };
}

/** Several changes, each with its own rules. */
function together(trials: readonly [ChangeTrial, ...ChangeTrial[]]): LiveChanges {
  const [first] = trials;
  const of = (id: RecordId): ChangeTrial => trials.find((trial) => trial.id === id) ?? first;
  return {
    ...{ actor: first.actor, loaded: true, rules: first.rules, index: first.index, ghosts: first.ghosts },
    get all(): readonly ChangeRow[] {
      return trials.flatMap((trial) => trial.all);
    },
    get: (id) => trials.find((trial) => trial.id === id)?.get(id),
    peek: (id) => of(id).peek(id),
    find: () => undefined,
    dependencies: first.dependencies,
    facts: () => first.facts(),
    itemName: (id) => first.itemName(id),
    newId: () => first.newId(),
    basisOf: (id) => of(id).basisOf(),
    run: (id, act, options) => of(id).run(id, act, options),
    refusalOf: (id, act) => of(id).refusalOf(id, act),
    runTemplate: () => first.runTemplate(),
    openJournal: (id) => of(id).openJournal(),
  };
}
