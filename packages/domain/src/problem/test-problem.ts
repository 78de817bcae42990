/** For tests: problems with their history and the records around them. Nothing here is used when serving. */
import { SYSTEM_ACTOR, recordId } from '../shared/index.ts';
import type { RecordId, Recorded } from '../shared/index.ts';
import { DIRECTORY, NETWORK, VPN, actor } from '../shared/test-support/organisation.ts';
import type { ProblemAct, ProblemEvent } from './acts.ts';
import type { ProblemAnswer } from './case.ts';
import { problem } from './decider.ts';
import type { ProblemState } from './lifecycle/lifecycle.ts';
import type { Origin, Problem, ProblemFields } from './problem.ts';

export const DAY = 24 * 60 * 60 * 1000;
export const NOW = Date.UTC(2026, 5, 1, 9);

export const FIELDS: ProblemFields = {
  title: 'The tunnel drops every Monday',
  service: VPN,
  items: [],
  team: NETWORK,
  owner: null,
  impact: 2,
  urgency: 2,
  major: false,
  workaround: '',
  fix: '',
};

export const FOUND: Origin = { kind: 'found', incident: null, evidence: '' };

export const incident = (n: number): RecordId => recordId(`i${n}`);

interface Kept {
  state: Problem | null;
  readonly history: Recorded<ProblemEvent>[];
}

/** Several problems on one desk. Incidents 1 to 9 are there; 8 is closed, and 9 is restricted. */
export class Desk {
  now = NOW;
  readonly #kept = new Map<RecordId, Kept>();

  at(id = 'p1'): Problem {
    const state = this.#of(recordId(id)).state;
    if (state === null) throw new Error(`there is no ${id}`);
    return state;
  }

  history(id = 'p1'): readonly Recorded<ProblemEvent>[] {
    return this.#of(recordId(id)).history;
  }

  run(who: string, act: ProblemAct, id = 'p1', basis?: number): ProblemAnswer {
    const target = recordId(id);
    const { state, history } = this.#of(target);
    const seen = basis ?? state?.version ?? 0;
    const answer = problem.decide(state, act, {
      actor: who === 'system' ? SYSTEM_ACTOR : actor(who),
      ...{ now: this.now, clientAt: this.now, target },
      since: history.filter(({ version }) => version > seen),
      number: state === null ? 'PRB-2026-00001' : null,
      directory: DIRECTORY,
      related: new Map(
        [...this.#kept].flatMap(([each, kept]) => (kept.state === null ? [] : [[each, kept.state] as const])),
      ),
      facts: {
        mayName: (one) => /^i[1-8]$/.test(one),
        mayRead: (one) => /^i[1-9]$/.test(one),
        isOpen: (one) => one !== incident(8),
        hasChange: (one) => one === 'c1',
        hasItem: (item) => item === VPN || item === 'server',
      },
    });
    if (!answer.ok) return answer;
    this.#record(target, answer.value.events, who);
    for (const also of answer.value.also ?? []) this.#record(also.target, also.events, who);
    return answer;
  }

  /** Runs an act that must be allowed. */
  do(who: string, act: ProblemAct, id = 'p1', basis?: number): this {
    const answer = this.run(who, act, id, basis);
    if (!answer.ok) throw new Error(`${act.verb}: ${JSON.stringify(answer.refusal)}`);
    return this;
  }

  to(...states: readonly ProblemState[]): this {
    for (const to of states) this.do('lea', { verb: 'step', to, reason: 'so it is' });
    return this;
  }

  #of(id: RecordId): Kept {
    const kept = this.#kept.get(id) ?? { state: null, history: [] };
    this.#kept.set(id, kept);
    return kept;
  }

  #record(target: RecordId, events: readonly ProblemEvent[], who: string): void {
    const kept = this.#of(target);
    for (const event of events) {
      const version = (kept.state?.version ?? 0) + 1;
      const by = who === 'system' ? SYSTEM_ACTOR.id : actor(who).id;
      const recorded = { seq: version, version, event, actor: by, at: this.now, clientAt: this.now };
      kept.state = problem.evolve(kept.state, recorded, target);
      kept.history.push(recorded);
    }
  }
}

export function opened(
  fields: Partial<ProblemFields> = {},
  incidents: readonly number[] = [],
  id = 'p1',
): Desk {
  return open(new Desk(), fields, incidents, id);
}

export function open(
  desk: Desk,
  fields: Partial<ProblemFields> = {},
  incidents: readonly number[] = [],
  id = 'p1',
): Desk {
  const given = { ...FIELDS, ...fields };
  return desk.do(
    'ana',
    { verb: 'create', fields: given, origin: FOUND, incidents: incidents.map(incident) },
    id,
  );
}

/** A problem with a cause that is being fixed. */
export function beingFixed(fields: Partial<ProblemFields> = {}, incidents: readonly number[] = []): Desk {
  return opened(fields, incidents)
    .to('assess', 'rca')
    .do('ana', { verb: 'state-cause', factor: 'f1', text: 'The lease ends on Sunday' })
    .to('fix_in_progress');
}

export const refusedFor = (code: string, facts: object = {}) => ({
  ok: false,
  refusal: { code: `problem/${code}`, ...facts },
});

export const overtakenBy = (what: string, reason = 'already-done') => ({
  ok: true,
  value: { events: [], superseded: { by: { what }, reason } },
});
