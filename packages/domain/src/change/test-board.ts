/** For tests: changes with their history, as the server keeps them. Nothing here is used when serving. */
import { SYSTEM_ACTOR, personId, recordId, teamId } from '../shared/index.ts';
import type { Actor, Directory, Person, RecordId, Recorded, Role, ServiceId } from '../shared/index.ts';
import { DIRECTORY, NETWORK, VPN } from '../shared/test-support/organisation.ts';
import { asActor } from '../shared/ticket/access.ts';
import type { ChangeAct } from './acts.ts';
import type { Vote } from './approval/approval.ts';
import type { ApprovalPolicy } from './approval/policy.ts';
import type { ChangeAnswer } from './case.ts';
import type { Change } from './change.ts';
import type { Planned } from './conflict/conflict.ts';
import { ConflictIndex } from './conflict/conflicts.ts';
import { contentOf } from './content.ts';
import type { ContentDigests } from './content.ts';
import { change, dueByClock } from './decider.ts';
import type { ChangeEvent } from './events.ts';
import { DEFAULT_PLANS } from './facts.ts';
import type { ChangeFacts } from './facts.ts';
import { servicesAlone } from './test-support/services-alone.ts';
import type { ItemId } from './model/items.ts';
import { CHANGE_MODELS } from './model/models.ts';
import { DEFAULT_RISK } from './risk/assess.ts';
import type { RiskInput } from './risk/assess.ts';
import type { ChangeTemplate } from './template/template.ts';
import type { ChangeWindow } from './window/window.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Monday, 11:00 in Zurich. */
export const NOW = Date.UTC(2026, 5, 1, 9);
export const BEGINS = NOW + 4 * DAY;
export const ENDS = BEGINS + 2 * HOUR;
export const BOARD = teamId('board');

export const CALM: RiskInput = {
  answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
  likelihood: 1,
  impact: 2,
};

const person = (id: string, roles: readonly Role[]): Person => ({
  id: personId(id),
  name: id,
  email: `${id}@example.org`,
  roles,
  teams: [BOARD],
  active: true,
  vip: false,
});

/** Everybody of the organisation, a board of three, and somebody who manages changes. */
const BOARD_PEOPLE = ['kim', 'lou', 'max'].map((id) => person(id, ['agent']));

export const PEOPLE: Directory = {
  ...DIRECTORY,
  people: new Map([...DIRECTORY.people, ...BOARD_PEOPLE.map((one) => [one.id, one] as const)]),
  teams: new Map([
    ...DIRECTORY.teams,
    [NETWORK, { id: NETWORK, name: 'Network', members: [], lead: personId('lea') }],
    [BOARD, { id: BOARD, name: 'Board', members: BOARD_PEOPLE.map(({ id }) => id), lead: null }],
  ]),
};

export const policy = (given: Partial<ApprovalPolicy>): ApprovalPolicy => ({
  id: 'board',
  version: 1,
  name: 'Change board',
  stage: 'board',
  when: { models: ['normal', 'emergency', 'unauthorised'] },
  rule: { kind: 'majority' },
  approvers: [{ kind: 'team', team: BOARD, weight: 1 }],
  delegates: null,
  withinMs: null,
  ownMayVote: false,
  ...given,
});

export const TECHNICAL = policy({
  id: 'technical',
  name: 'Lead of the team',
  stage: 'technical',
  rule: { kind: 'any' },
  approvers: [{ kind: 'lead', weight: 1 }],
});

export const freeze = (given: Partial<ChangeWindow> = {}): ChangeWindow => ({
  id: 'freeze',
  version: 1,
  name: 'Quarter end',
  kind: 'freeze',
  hard: true,
  when: { zone: 'UTC', begins: '2026-06-05T00:00', ends: '2026-06-06T00:00', repeats: null },
  services: null,
  classes: null,
  models: null,
  ...given,
});

export class ChangeBoard {
  now = NOW;
  readonly target = recordId('c1');
  state: Change | null = null;
  readonly history: Recorded<ChangeEvent>[] = [];
  policies: readonly ApprovalPolicy[] = [TECHNICAL, policy({})];
  windows: readonly ChangeWindow[] = [];
  directory = PEOPLE;
  others: readonly Planned[] = [];
  /** Beside the services. */
  known: ReadonlySet<ItemId> = new Set();
  retired: ReadonlySet<ItemId> = new Set();
  unfitOf: NonNullable<ChangeFacts['unfitOf']> = () => null;
  readonly templates = new Map<RecordId, ChangeTemplate>();

  get it(): Change {
    if (this.state === null) throw new Error('no change was made');
    return this.state;
  }

  get facts(): ChangeFacts {
    const alone = servicesAlone(PEOPLE.services as ReadonlyMap<ServiceId, unknown>);
    const dependencies = {
      ...alone,
      isKnown: (item: ItemId) => alone.isKnown(item) || this.known.has(item),
      isRetired: (item: ItemId) => this.retired.has(item),
    };
    const { windows, policies, templates } = this;
    const index = new ConflictIndex({ windows, dependencies, zone: 'UTC' }, this.others);
    return {
      models: CHANGE_MODELS,
      risk: DEFAULT_RISK,
      plans: DEFAULT_PLANS,
      policies,
      templates,
      windows,
      zone: 'UTC',
      dependencies,
      unfitOf: this.unfitOf,
      conflictsOf: (planned) => index.conflictsOf(planned),
      pastOf: () => [],
    };
  }

  /** What is on the screen of somebody who reads it now. */
  get read(): ContentDigests {
    return contentOf(this.it);
  }

  /** Runs an act as somebody; `basis` is the version that they had seen, the present one unless said. */
  run(who: string, act: ChangeAct, basis = this.state?.version ?? 0): ChangeAnswer {
    const actor = actorOf(who);
    const answer = change.decide(
      this.state,
      { process: 'change', ...act },
      {
        actor,
        now: this.now,
        clientAt: this.now,
        target: this.target,
        since: this.history.filter(({ version }) => version > basis),
        number: 'CHG-2026-00001',
        directory: this.directory,
        related: new Map(),
        facts: this.facts,
      },
    );
    for (const event of answer.ok ? answer.value.events : []) this.#record(event, actor);
    return answer;
  }

  /** Runs an act that is to be let through. */
  do(who: string, act: ChangeAct): this {
    const answer = this.run(who, act);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    return this;
  }

  vote(who: string, vote: Vote = 'approved', note = 'no'): this {
    return this.do(who, { verb: 'vote', vote, read: this.read, note });
  }

  tick(now: number): void {
    this.now = now;
    const due = dueByClock(this.it, now);
    if (due !== null) this.do('system', due);
  }

  /** The types of the events since a version. */
  typesSince(version: number): readonly string[] {
    return this.history.filter((each) => each.version > version).map(({ event }) => event.type);
  }

  #record(event: ChangeEvent, { id: actor }: Actor): void {
    const version = (this.state?.version ?? 0) + 1;
    const recorded = { seq: version, version, event, actor, at: this.now, clientAt: this.now };
    this.history.push(recorded);
    this.state = change.evolve(this.state, recorded, this.target);
  }
}

export function actorOf(who: string): Actor {
  if (who === 'system') return SYSTEM_ACTOR;
  const found = PEOPLE.people.get(personId(who));
  if (found === undefined) throw new Error(`nobody is called ${who}`);
  return asActor(found);
}

const WAY = ['new', 'assess', 'authorize', 'scheduled', 'implement', 'review'] as const;

/** A normal change of ana's that has come to a state by the steps of people. */
export function normal(to: (typeof WAY)[number], board = new ChangeBoard()): ChangeBoard {
  const reaches = (state: (typeof WAY)[number]) => WAY.indexOf(to) >= WAY.indexOf(state);
  const fields = { title: 'Renew the VPN', items: [VPN], begins: BEGINS, ends: ENDS };
  board.do('ana', { verb: 'create', model: 'normal', fields, team: NETWORK, owner: personId('ana') });
  board.do('ana', { verb: 'note-plans', plans: { implementation: 'steps', backout: 'steps back' } });
  board.do('ana', { verb: 'assess', input: CALM });
  if (reaches('assess')) board.do('ana', { verb: 'step', to: 'assess' });
  if (reaches('authorize')) board.vote('lea').do('ana', { verb: 'step', to: 'authorize' });
  if (reaches('scheduled')) board.vote('kim').vote('lou').do('ana', { verb: 'step', to: 'scheduled' });
  if (reaches('implement')) {
    board.now = BEGINS;
    board.do('ana', { verb: 'step', to: 'implement' });
  }
  if (reaches('review')) board.do('ana', { verb: 'step', to: 'review' });
  return board;
}

export const refusedFor = (code: string, facts: object = {}): object => ({
  ok: false,
  refusal: { code: `change/${code}`, ...facts },
});
