import { NO_CHANGE_RULES } from '@muster/documents/change';
import type { ChangeRules } from '@muster/documents/change';
import { ConflictIndex, contentOf, change as decider } from '@muster/domain/change';
import { servicesAlone } from '@muster/domain/testing/changes';
import type {
  Change,
  ChangeAct,
  ChangeEvent,
  ChangeFacts,
  Dependencies,
  TaskFields,
  Vote,
} from '@muster/domain/change';
import { permissionsOf, recordId } from '@muster/domain/shared';
import type {
  Actor,
  Directory,
  ItemId,
  Outcome,
  PersonId,
  RecordId,
  Recorded,
  ServiceId,
} from '@muster/domain/shared';
import type { ChangeRow, LiveChanges, RunOptions } from '#lib/live/change/live-changes.ts';
import { Grains } from '#lib/live/grains.ts';
import type { SentCommand } from '#lib/live/sent-command.ts';
import { NOW } from '#lib/ticket/test-support/tickets.ts';

export const HOUR = 3_600_000;

/** One change over plain data, for component tests: the real rules decide, nothing is sent. What others do comes by `as`. */
export class ChangeTrial implements LiveChanges {
  readonly id: RecordId;
  readonly actor: Actor;
  readonly loaded = true;
  readonly rules: ChangeRules;
  readonly index: ConflictIndex;
  readonly ghosts = { others: [], show: () => undefined };
  readonly acts: ChangeAct[] = [];
  readonly #directory: Directory;
  readonly #grains = new Grains<string>();
  readonly #history: Recorded<ChangeEvent>[] = [];
  #state: Change | null = null;
  #made = 0;

  constructor(
    directory: Directory,
    me: PersonId,
    rules: Partial<ChangeRules> = {},
    id = recordId('01C00000000000000000000001'),
  ) {
    this.id = id;
    this.#directory = directory;
    this.actor = this.#actor(me);
    this.rules = { ...NO_CHANGE_RULES, ...rules };
    const { windows, zone } = this.rules;
    this.index = new ConflictIndex({ windows, zone, dependencies: servicesAlone(directory.services) }, []);
  }

  /** What somebody does, and the server takes; throws when the rules refuse it. */
  as(person: PersonId, act: ChangeAct): this {
    const refusal = this.#decide(this.#actor(person), act, this.#state);
    if (refusal !== null) throw new Error(`${act.verb}: ${JSON.stringify(refusal)}`);
    return this;
  }

  vote(person: PersonId, vote: Vote = 'approved'): this {
    return this.as(person, { verb: 'vote', vote, read: contentOf(this.it), note: 'Read' });
  }

  task(person: PersonId, task: string, fields: Partial<TaskFields>): this {
    const around = { owner: null, team: null, after: [], plannedMinutes: 10, backout: '' } as const;
    const whole = { ...around, kind: 'implementation', title: task, ...fields } as const;
    return this.as(person, { verb: 'add-task', task, fields: whole });
  }

  get it(): Change {
    if (this.#state === null) throw new Error('there is no change');
    return this.#state;
  }

  get all(): readonly ChangeRow[] {
    this.#grains.read('change');
    return this.#state === null ? [] : [row(this.#state)];
  }

  get(id: RecordId): ChangeRow | undefined {
    return this.all.find((each) => each.id === id);
  }

  peek = (id: RecordId): ChangeRow | undefined => (id === this.id ? row(this.it) : undefined);
  find = (): undefined => undefined;
  itemName = (id: ItemId): string | null => this.#directory.services.get(id as ServiceId)?.name ?? null;
  newId = (): RecordId => recordId(`01N${String((this.#made += 1)).padStart(23, '0')}`);
  basisOf = (): number => this.#state?.version ?? 0;

  get dependencies(): Dependencies {
    return servicesAlone(this.#directory.services);
  }

  facts = (): ChangeFacts => ({
    ...this.rules,
    dependencies: this.dependencies,
    conflictsOf: (planned) => this.index.conflictsOf(planned),
    pastOf: () => [],
  });

  openJournal() {
    const events = () => {
      this.#grains.read('change');
      return [...this.#history];
    };
    return {
      loaded: true,
      get events() {
        return events();
      },
      close: () => undefined,
    };
  }

  run(id: RecordId, act: ChangeAct, { plans }: RunOptions = {}): SentCommand {
    this.acts.push(act);
    const state = plans === undefined ? this.it : { ...this.it, plans: { ...this.it.plans, ...plans } };
    const refusal = this.#decide(this.actor, act, state);
    const outcome: Outcome =
      refusal === null ? { outcome: 'applied', version: this.it.version } : { outcome: 'refused', refusal };
    const kept = Promise.resolve(refusal === null ? ('kept' as const) : outcome);
    return { id: `c${this.acts.length}`, target: id, kept, settled: Promise.resolve(outcome) };
  }

  refusalOf(id: RecordId, act: ChangeAct) {
    const answer = this.#answer(this.actor, act, this.get(id) ?? null);
    return answer.ok ? null : answer.refusal;
  }

  runTemplate(): never {
    throw new Error('no templates here');
  }

  #answer(actor: Actor, act: ChangeAct, state: Change | null) {
    const command = { process: 'change' as const, ...act };
    return decider.decide(state, command, {
      ...{ actor, now: NOW, clientAt: NOW, target: this.id, number: 'CHG-2026-00001', since: [] },
      ...{ related: new Map(), directory: this.#directory, facts: this.facts() },
    });
  }

  #decide(actor: Actor, act: ChangeAct, state: Change | null) {
    const answer = this.#answer(actor, act, state);
    if (!answer.ok) return answer.refusal;
    for (const event of answer.value.events) {
      const version = (this.#state?.version ?? 0) + 1;
      const recorded = { seq: version, version, event, actor: actor.id, at: NOW, clientAt: NOW };
      this.#history.push(recorded);
      this.#state = decider.evolve(this.#state, recorded, this.id);
    }
    this.#grains.tell('change');
    return null;
  }

  #actor(id: PersonId): Actor {
    return { id, name: id, permissions: permissionsOf(['administrator', 'team-lead', 'agent']), teams: [] };
  }
}

function row(change: Change): ChangeRow {
  return { ...change, token: 'CHG-NEW', pending: 0 };
}
