/** For tests: a release with its history and its facts, as the server keeps them. Nothing here is used when serving. */
import { SYSTEM_ACTOR, recordId } from '../shared/index.ts';
import type { PersonId, RecordId, Recorded } from '../shared/index.ts';
import { DIRECTORY, VPN, actor } from '../shared/test-support/organisation.ts';
import type { ReleaseAct, ReleaseEvent } from './acts.ts';
import type { ReleaseAnswer, ReleaseContext } from './case.ts';
import { release } from './decider.ts';
import { topological } from './checklist/graph.ts';
import type { StepPlan } from './checklist/step.ts';
import type { ChangeFact, IncidentFact } from './facts.ts';
import { phaseDueByClock } from './phase/due.ts';
import type { PhasePlan } from './phase/phase.ts';
import { readinessOf } from './readiness/readiness.ts';
import type { Readiness } from './readiness/readiness.ts';
import type { Release, ReleaseFields, ReleaseState } from './release.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const NOW = Date.UTC(2026, 5, 1, 9);

export const FIELDS: ReleaseFields = {
  kind: 'minor',
  title: 'Summer release',
  label: '2026.6',
  services: [VPN],
  owner: null,
  pace: 'stages',
  beginsAt: NOW + 100 * HOUR,
  endsAt: NOW + 110 * HOUR,
  hypercareHours: 48,
  rollbackTestedAt: null,
};

/** One phase a stage, the testing one with a gate for a check. */
export const PHASES: readonly PhasePlan[] = (
  ['planning', 'building', 'testing', 'deploying', 'hypercare'] as const
).map((stage) => ({
  id: stage,
  name: stage,
  stage,
  beginsAt: null,
  endsAt: null,
  gates:
    stage === 'testing'
      ? [
          {
            id: 'tests',
            name: 'Tests pass',
            rule: { kind: 'check', check: 'tests', bound: 'at-least', threshold: 90 },
          },
        ]
      : [],
}));

export const changeId = (n: number): RecordId => recordId(ulidOf('C', n));

export function change(n: number, other: Partial<ChangeFact> = {}): ChangeFact {
  return {
    id: changeId(n),
    number: `CHG-2026-${String(n).padStart(5, '0')}`,
    title: `Change ${n}`,
    state: 'scheduled',
    standing: 'open',
    window: { beginsAt: NOW + 101 * HOUR, endsAt: NOW + 102 * HOUR },
    items: [`item-${n}`],
    service: VPN,
    ...other,
  };
}

/** An id for a step or evidence. */
export const stepId = (n: number): string => ulidOf('S', n);

export function step(n: number, other: Partial<StepPlan> = {}): StepPlan {
  return {
    id: stepId(n),
    title: `Step ${n}`,
    phase: 'deploying',
    owner: null,
    change: null,
    minutes: 10,
    after: [],
    rollback: `undo ${n}`,
    noReturn: false,
    ...other,
  };
}

interface When {
  /** The version that the author had seen; the present one unless said. */
  readonly basis?: number;
  readonly clientAt?: number;
}

export class Night {
  now = NOW;
  readonly target = recordId(ulidOf('R', 1));
  state: Release | null = null;
  readonly history: Recorded<ReleaseEvent>[] = [];
  readonly changes = new Map<RecordId, ChangeFact>();
  readonly incidents = new Map<RecordId, IncidentFact>();

  get it(): Release {
    if (this.state === null) throw new Error('there is no release');
    return this.state;
  }

  get facts(): { readonly changes: Night['changes']; readonly incidents: Night['incidents'] } {
    return { changes: this.changes, incidents: this.incidents };
  }

  get readiness(): Readiness {
    return readinessOf(this.it, this.facts);
  }

  step(n: number): Release['steps'][number] {
    const found = this.it.steps.find(({ id }) => id === stepId(n));
    if (found === undefined) throw new Error(`there is no step ${n}`);
    return found;
  }

  run(who: string, act: ReleaseAct, when: When = {}): ReleaseAnswer {
    const context = this.contextOf(who, when);
    const answer = release.decide(this.state, act, context);
    for (const event of answer.ok ? answer.value.events : [])
      this.record(event, context.actor.id, context.clientAt);
    return answer;
  }

  contextOf(who: string, { basis, clientAt = this.now }: When = {}): ReleaseContext {
    const seen = basis ?? this.state?.version ?? 0;
    return {
      actor: who === 'system' ? SYSTEM_ACTOR : actor(who),
      now: this.now,
      clientAt,
      target: this.target,
      since: this.history.filter(({ version }) => version > seen),
      number: this.state === null ? 'REL-2026-00001' : null,
      directory: DIRECTORY,
      related: new Map(),
      facts: this.facts,
    };
  }

  /** Runs an act that must be allowed. */
  do(who: string, act: ReleaseAct, when: When = {}): this {
    const answer = this.run(who, act, when);
    if (!answer.ok) throw new Error(`${act.verb}: ${JSON.stringify(answer.refusal)}`);
    return this;
  }

  record(event: ReleaseEvent, by: PersonId, clientAt = this.now): void {
    const version = (this.state?.version ?? 0) + 1;
    const recorded = { seq: version, version, event, actor: by, at: this.now, clientAt };
    this.state = release.evolve(this.state, recorded, this.target);
    this.history.push(recorded);
  }

  /** Adds changes that there are. */
  with(...changes: readonly ChangeFact[]): this {
    for (const each of changes) this.changes.set(each.id, each);
    return this.do('ana', { verb: 'add-changes', changes: changes.map(({ id }) => id) });
  }

  to(...states: readonly ReleaseState[]): this {
    for (const to of states) this.do('lea', { verb: 'transition', to, reason: 'so it is' });
    return this;
  }

  /** Starts the phases of these ids, ticks their steps and completes them. */
  through(...phases: readonly string[]): this {
    for (const phase of phases) {
      this.do('lea', { verb: 'start-phase', phase });
      for (const { id } of topological(this.it.steps).filter((each) => each.phase === phase))
        this.do('ana', { verb: 'tick', step: id });
      this.do('lea', { verb: 'complete-phase', phase });
    }
    return this;
  }

  /** Lets time come to `now` and the clock do what is due. */
  tick(now: number): void {
    this.now = now;
    for (let due = phaseDueByClock(this.it, this.facts, now); due !== null;) {
      this.do('system', due);
      due = phaseDueByClock(this.it, this.facts, now);
    }
  }

  say(who: string, answer: 'go' | 'no_go' | 'abstain', readiness = this.readiness.hash): ReleaseAnswer {
    return this.run(who, { verb: 'answer', answer, readiness });
  }
}

export function drafted(fields: Partial<ReleaseFields> = {}, phases: readonly PhasePlan[] = PHASES): Night {
  const night = new Night();
  return night
    .do('ana', { verb: 'create', fields: { ...FIELDS, ...fields } })
    .do('lea', { verb: 'plan-phases', phases });
}

/** Everything before deployment is done, with these steps on the checklist. */
export function ready(...steps: readonly StepPlan[]): Night {
  const night = drafted();
  if (steps.length > 0) night.do('ana', { verb: 'add-steps', steps });
  return night
    .to('planning')
    .through('planning')
    .to('building')
    .through('building')
    .to('testing')
    .do('ana', { verb: 'report-check', check: 'tests', value: 95 })
    .through('testing')
    .to('ready');
}

/** Ana, Bo and Cem are asked, and two of them must say go. */
export function asked(...steps: readonly StepPlan[]): Night {
  const leads = ['ana', 'bo', 'cem'].map((name) => actor(name).id);
  return ready(...steps).do('lea', { verb: 'open-roll-call', leads, quorum: 2 });
}

/** The deployment is under way. */
export function deploying(...steps: readonly StepPlan[]): Night {
  const night = asked(...steps);
  night.say('ana', 'go');
  night.say('bo', 'go');
  return night.to('go', 'deploying').do('lea', { verb: 'start-phase', phase: 'deploying' });
}

export const refusedFor = (code: string, facts: object = {}) => ({
  ok: false,
  refusal: { code: `release/${code}`, ...facts },
});

function ulidOf(letter: string, n: number): string {
  return `01${letter}${String(n).padStart(23, '0')}`;
}
