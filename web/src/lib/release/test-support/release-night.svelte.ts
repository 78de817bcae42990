import { DEFAULT_PHASES, isDone, readinessOf, release as decider, topological } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseEvent, ReleaseFacts, StepPlan } from '@muster/domain/release';
import { permissionsOf, recordId } from '@muster/domain/shared';
import type { Actor, Directory, Outcome, PersonId, RecordId, Recorded } from '@muster/domain/shared';
import { Grains } from '#lib/live/grains.ts';
import type { LiveRelease, LiveReleases } from '#lib/live/release/live-releases.ts';
import type { SentCommand } from '#lib/live/sent-command.ts';
import { NOW } from '#lib/ticket/test-support/tickets.ts';

export const MINUTE = 60_000;
const NO_FACTS: ReleaseFacts = { changes: new Map(), incidents: new Map() };

export function plan(id: string, other: Partial<StepPlan> = {}): StepPlan {
  return {
    ...{ id: idOf(id), title: `Step ${id}`, phase: 'deploying', owner: null, change: null, minutes: 10 },
    ...{ after: [], rollback: `undo ${id}`, noReturn: false },
    ...other,
  };
}

/** An id for a step, from letters of its name. */
export const idOf = (name: string): string => `01S${name.toUpperCase().padStart(23, '0')}`;

/**
 * A release over plain data, for component tests: the real rules decide, nothing is sent, and a step is told to those
 * who read it, as the living one does. While `online` is false own acts wait. What others do comes by `as`.
 */
export class ReleaseNight implements LiveReleases, LiveRelease {
  readonly id = recordId('01R00000000000000000000001');
  readonly #directory: Directory;
  readonly #grains = new Grains<string>();
  readonly #history: Recorded<ReleaseEvent>[] = [];
  readonly #waiting = new Set<string>();
  #state: Release | null = null;
  readonly actor: Actor;
  readonly acts: ReleaseAct[] = [];
  now = NOW;
  online = true;
  readonly loaded = true;
  readonly pending = 0;
  readonly all = [];

  constructor(directory: Directory, me: PersonId, steps: readonly StepPlan[]) {
    this.#directory = directory;
    this.actor = this.#actor(me);
    const fields = {
      ...({ kind: 'minor', title: 'Winter release', label: '2026.12', services: [], owner: null } as const),
      ...({ pace: 'stages', beginsAt: NOW, endsAt: NOW + 600 * MINUTE, hypercareHours: 48 } as const),
      rollbackTestedAt: null,
    };
    this.as(me, { verb: 'create', fields });
    const phases = DEFAULT_PHASES.map((phase) => ({ ...phase, gates: [] }));
    this.as(me, { verb: 'plan-phases', phases });
    if (steps.length > 0) this.as(me, { verb: 'add-steps', steps });
  }

  /** Everything before it is done, and the deployment is under way. */
  deploy(): this {
    const me = this.actor.id;
    for (const stage of ['planning', 'building', 'testing'] as const) {
      this.as(me, { verb: 'transition', to: stage });
      this.as(me, { verb: 'start-phase', phase: stage });
      for (const step of topological(this.#it.steps))
        if (step.phase === stage && !isDone(step)) this.as(me, { verb: 'tick', step: step.id });
      this.as(me, { verb: 'complete-phase', phase: stage });
    }
    this.as(me, { verb: 'transition', to: 'ready' });
    this.as(me, { verb: 'open-roll-call', leads: [me], quorum: 1 });
    const { hash } = this.readiness();
    this.as(me, { verb: 'answer', answer: 'go', readiness: hash });
    this.as(me, { verb: 'transition', to: 'go' });
    this.as(me, { verb: 'transition', to: 'deploying' });
    return this.as(me, { verb: 'start-phase', phase: 'deploying' });
  }

  /** What somebody does, and the server takes. `seen` is the version that they saw. */
  as(person: PersonId, act: ReleaseAct, seen = this.#state?.version ?? 0): this {
    const refusal = this.#decide(this.#actor(person), act, seen);
    if (refusal !== null) throw new Error(`${act.verb}: ${JSON.stringify(refusal)}`);
    return this;
  }

  get #it(): Release {
    if (this.#state === null) throw new Error('there is no release');
    return this.#state;
  }

  get version(): number {
    return this.#it.version;
  }

  get release(): Release {
    this.#grains.read('release');
    return this.#it;
  }

  get stepIds(): readonly string[] {
    this.#grains.read('release');
    return this.#it.steps.map(({ id }) => id);
  }

  step(id: string) {
    this.#grains.read(id);
    return this.#it.steps.find((step) => step.id === id);
  }

  isStepPending(id: string): boolean {
    this.#grains.read(id);
    return this.#waiting.has(id);
  }

  facts = (): ReleaseFacts => NO_FACTS;
  readiness = () => readinessOf(this.#it, NO_FACTS);
  get = () => undefined;
  find = () => undefined;
  newId = () => this.id;
  basisOf = () => this.#it.version;
  open = () => this;
  close = () => undefined;

  openJournal() {
    return { loaded: true, events: this.#history, close: () => undefined };
  }

  run(id: RecordId, act: ReleaseAct, basis = this.version): SentCommand {
    this.acts.push(act);
    const refusal = this.#decide(this.actor, act, basis);
    const outcome: Outcome =
      refusal === null ? { outcome: 'applied', version: this.version } : { outcome: 'refused', refusal };
    if (refusal === null && !this.online && 'step' in act) {
      this.#waiting.add(act.step);
      this.#grains.tell(act.step);
    }
    const command = `c${this.acts.length}`;
    const kept = Promise.resolve(refusal === null ? ('kept' as const) : outcome);
    return { id: command, target: id, kept, settled: Promise.resolve(outcome) };
  }

  #decide(actor: Actor, act: ReleaseAct, seen: number) {
    const clientAt = this.now;
    const answer = decider.decide(this.#state, act, {
      ...{ actor, now: clientAt, clientAt, target: this.id, number: null, related: new Map() },
      since: this.#history.filter(({ version }) => version > seen),
      directory: this.#directory,
      facts: NO_FACTS,
    });
    if (!answer.ok) return answer.refusal;
    const before = new Map(this.#state?.steps.map((step) => [step.id, step]));
    for (const event of answer.value.events) {
      const version = (this.#state?.version ?? 0) + 1;
      const recorded = { seq: version, version, event, actor: actor.id, at: clientAt, clientAt };
      this.#history.push(recorded);
      this.#state = decider.evolve(this.#state, recorded, this.id);
    }
    for (const step of this.#it.steps) if (before.get(step.id) !== step) this.#grains.tell(step.id);
    this.#grains.tell('release');
    return null;
  }

  #actor(id: PersonId): Actor {
    return { id, name: id, permissions: permissionsOf(['administrator', 'team-lead', 'agent']), teams: [] };
  }
}
