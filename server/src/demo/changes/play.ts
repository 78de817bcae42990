/** The life of one change of the demonstration, as far as its time has come. */
import { contentOf } from '@muster/domain/change';
import type { ChangeAct, ChangeTask, RiskInput, TaskFields } from '@muster/domain/change';
import type { Actor } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import type { Cast } from '../people.ts';
import { DEMO_SOURCE, demoServiceId } from '../tickets.ts';
import { NotYet, Player, Refused } from './player.ts';
import type { PlannedChange } from './quarter.ts';
import { writePlans } from './rooms.ts';
import { boardOf } from './rules.ts';
import type { Subject } from './subjects/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Plays one change; ends quietly where the future begins.
 *
 * @param until Resolves when an act may happen
 */
export async function playChange(
  store: Store,
  cast: Cast,
  plan: PlannedChange,
  now: number,
  until: (at: number) => Promise<void>,
): Promise<void> {
  const play = new Play(cast, plan, new Player(store, plan.key, now, until), store);
  try {
    await play.whole();
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
  }
}

class Play {
  readonly #store: Store;
  readonly #plan: PlannedChange;
  readonly #player: Player;
  readonly #author: Actor;
  readonly #owner: Actor;
  readonly #lead: Actor;
  readonly #board: readonly Actor[];

  constructor(cast: Cast, plan: PlannedChange, player: Player, store: Store) {
    this.#store = store;
    this.#plan = plan;
    this.#player = player;
    const { members } = cast.team(plan.team);
    const [lead, ...others] = members;
    if (lead === undefined) throw new Error(`nobody in ${plan.team}`);
    this.#lead = lead;
    this.#author = plan.random.pick(others);
    this.#owner = plan.random.pick(others);
    this.#board = boardOf(cast);
  }

  async whole(): Promise<void> {
    switch (this.#plan.model) {
      case 'normal':
        return this.#normal();
      case 'standard':
        return this.#standard();
      case 'emergency':
        return this.#emergency();
      case 'unauthorised':
        return this.#unauthorised();
    }
  }

  async #normal(): Promise<void> {
    const { fate, begins, made } = this.#plan;
    await this.#make();
    await this.#write();
    const { values } = this.#plan;
    if (values !== undefined) await this.#do(this.#author, 0, { verb: 'plan-values', values });
    await this.#do(this.#author, 0, { verb: 'assess', input: riskInputOf(this.#plan) });
    await this.#addTasks(0.05);
    await this.#do(this.#author, 0.08, { verb: 'step', to: 'assess' });
    await this.#vote(this.#lead, 0.16, 'approved');
    await this.#do(this.#owner, 0.2, { verb: 'step', to: 'authorize' });
    if (fate === 'rejected') {
      await this.#vote(
        this.#voter(),
        0.4,
        'rejected',
        'The window meets the stocktaking; and who answers the phones?',
      );
      await this.#do(this.#author, 0.5, { verb: 'cancel', reason: 'It goes into the next quarter.' });
      return;
    }
    if (fate === 'held')
      return this.#do(this.#owner, 0.3, { verb: 'hold', reason: 'The supplier has not sent the parts.' });
    await this.#askBoard();
    if (fate === 'cancelled')
      return this.#do(this.#owner, 0.7, { verb: 'cancel', reason: 'The supplier took the version back.' });
    await this.#schedule(0.75);
    await this.#carryOut(begins, made);
  }

  async #standard(): Promise<void> {
    await this.#make();
    await this.#do(this.#author, 0.1, { verb: 'step', to: 'scheduled' });
    await this.#carryOut(this.#plan.begins, this.#plan.made);
  }

  async #emergency(): Promise<void> {
    await this.#make();
    await this.#write();
    await this.#do(this.#author, 0, { verb: 'assess', input: riskInputOf(this.#plan) });
    await this.#addTasks(0.1);
    await this.#do(this.#author, 0.15, { verb: 'step', to: 'authorize' });
    await this.#vote(this.#voter(), 0.3, 'approved');
    await this.#vote(this.#voter(), 0.5, 'approved');
    await this.#do(this.#owner, 0.6, { verb: 'step', to: 'scheduled' });
    await this.#carryOut(this.#plan.begins, this.#plan.made);
  }

  async #unauthorised(): Promise<void> {
    await this.#make();
    await this.#do(this.#author, 0.05, { verb: 'assess', input: riskInputOf(this.#plan) });
    await this.#do(this.#author, 0.1, { verb: 'step', to: 'authorize' });
    await this.#askBoard();
    const { begins } = this.#plan;
    await this.#player.act(this.#owner, begins, { verb: 'step', to: 'review' });
    await this.#learn(begins + HOUR);
    await this.#player.act(this.#lead, begins + 30 * HOUR, { verb: 'close', result: 'issues' });
  }

  async #make(): Promise<void> {
    const { title, service, begins, ends, model, subject, template, made } = this.#plan;
    const fields = {
      title,
      items: [demoServiceId(service)],
      begins,
      ends,
      ...(template === null && { outage: subject.outage }),
    };
    const act: ChangeAct = {
      verb: 'create',
      model,
      fields,
      ...(template !== null && { template: stableRecordId(DEMO_SOURCE, `template-${template}`) }),
      team: this.#team,
      owner: this.#owner.id,
    };
    await this.#player.act(this.#author, made, act);
  }

  /** Followed by an act at the same time: the store looks at plans before each, and by its own clock a moment later. */
  async #write(): Promise<void> {
    const { steps, back, test, tell } = this.#plan.subject;
    const plans = {
      implementation: steps.map((step, index) => `${index + 1}. ${step}.`),
      backout: [back],
      test: [test],
      communication: [tell],
    };
    await writePlans(this.#store, this.#player.id, this.#author.id, plans);
  }

  async #addTasks(share: number): Promise<void> {
    for (const [index, fields] of tasksOf(this.#plan.subject, this.#plan.key).entries()) {
      const task = taskId(this.#plan.key, index);
      await this.#do(this.#author, share, {
        verb: 'add-task',
        task,
        fields: { ...fields, owner: this.#owner.id },
      });
    }
  }

  /** Whoever is asked says yes, one after the other, until enough have. */
  async #askBoard(): Promise<void> {
    for (const [index, voter] of this.#board.entries()) {
      const isAsked = this.#player.change.approvals.some(
        ({ person, state, revision }) =>
          person === voter.id && state === 'requested' && revision === this.#player.change.revision,
      );
      if (isAsked) await this.#vote(voter, 0.35 + index * 0.07, 'approved');
    }
  }

  /**
   * What stands in the way is looked at and let be by whoever leads, with the reason; again where another change came
   * to be scheduled meanwhile.
   */
  async #schedule(share: number, roundsLeft = 3): Promise<void> {
    try {
      await this.#do(this.#owner, share, { verb: 'step', to: 'scheduled' });
    } catch (error) {
      const keys = error instanceof Refused ? error.refusal['conflicts'] : undefined;
      if (!Array.isArray(keys) || roundsLeft === 0) throw stops(error);
      const reason = 'Both crews have talked about it; they do not get in each other’s way.';
      try {
        await this.#do(this.#lead, share, { verb: 'waive-conflicts', keys: keys as string[], reason });
      } catch (hard) {
        throw stops(hard);
      }
      await this.#schedule(share, roundsLeft - 1);
    }
  }

  async #carryOut(begins: number, made: number): Promise<void> {
    const { fate, subject } = this.#plan;
    const start = Math.max(begins + 2 * MINUTE, made + 1);
    try {
      await this.#player.act(this.#owner, start, { verb: 'step', to: 'implement' });
    } catch (error) {
      throw stops(error);
    }
    const each = Math.floor((subject.minutes * MINUTE) / (subject.steps.length + 1));
    const wrong = fate === 'failed' || fate === 'backed_out';
    let at = start;
    for (const [index, { id }] of this.#tasks('implementation').entries()) {
      await this.#move(id, at, 'in_progress');
      at += Math.round(each * (0.7 + this.#plan.random.next() * 0.6));
      const isBad = wrong && index === 1;
      await this.#move(
        id,
        at,
        isBad ? 'failed' : 'done',
        isBad ? 'It does not come up again with the new version.' : undefined,
      );
      if (isBad) break;
    }
    if (wrong) at = await this.#takeBack(at);
    for (const { id } of this.#tasks('testing'))
      await this.#move(
        id,
        (at += 8 * MINUTE),
        wrong ? 'skipped' : 'done',
        wrong ? 'Nothing was left to test.' : undefined,
      );
    await this.#player.act(this.#owner, (at += 5 * MINUTE), { verb: 'step', to: 'review' });
    if (this.#needsReview()) await this.#learn(at + 20 * HOUR);
    const result = isResult(fate) ? fate : 'successful';
    await this.#player.act(this.#lead, at + 48 * HOUR, { verb: 'close', result });
  }

  async #takeBack(from: number): Promise<number> {
    let at = from + 4 * MINUTE;
    for (const { id, state } of this.#tasks('implementation'))
      if (state === 'pending') await this.#move(id, at, 'skipped', 'Taken back instead.');
    await this.#player.act(this.#owner, at, { verb: 'begin-backout' });
    for (const { id } of this.#tasks('backout')) await this.#move(id, (at += 7 * MINUTE), 'done');
    return at;
  }

  async #learn(at: number): Promise<void> {
    await this.#player.act(this.#owner, at, { verb: 'begin-review' });
    await this.#player.act(this.#owner, at + 3 * HOUR, { verb: 'move-review', to: 'in_review' });
    await this.#player.act(this.#lead, at + 8 * HOUR, { verb: 'move-review', to: 'reviewed' });
  }

  #needsReview(): boolean {
    const level = this.#player.change.risk?.level;
    const isRisky = level === 'high' || level === 'very_high' || level === 'critical';
    return isRisky || this.#plan.model === 'emergency' || this.#plan.fate !== 'successful';
  }

  #tasks(kind: TaskFields['kind']): readonly ChangeTask[] {
    return this.#player.change.tasks.filter((task) => task.kind === kind);
  }

  get #team() {
    const [team] = this.#lead.teams;
    if (team === undefined) throw new Error('a lead without a team');
    return team;
  }

  /** Somebody of the board who has no part in it. */
  #voter(): Actor {
    const asked = this.#player.change.approvals.filter(({ state }) => state === 'requested');
    return this.#board.find(({ id }) => asked.some(({ person }) => person === id)) ?? this.#lead;
  }

  async #vote(voter: Actor, share: number, vote: 'approved' | 'rejected', note?: string): Promise<void> {
    const read = contentOf(this.#player.change);
    await this.#do(voter, share, { verb: 'vote', vote, read, ...(note !== undefined && { note }) });
  }

  async #move(task: string, at: number, to: ChangeTask['state'], reason?: string): Promise<void> {
    await this.#player.act(this.#owner, at, {
      verb: 'move-task',
      task,
      to,
      ...(reason !== undefined && { reason }),
    });
  }

  /** At a share of the time between being made and beginning. */
  #do(actor: Actor, share: number, act: ChangeAct): Promise<void> {
    const { made, begins } = this.#plan;
    return this.#player.act(actor, Math.round(made + (begins - made) * share), act);
  }
}

/** A change that the rules stop stays where it is. */
function stops(error: unknown): unknown {
  return error instanceof Refused ? new NotYet() : error;
}

function isResult(fate: PlannedChange['fate']) {
  return fate === 'successful' || fate === 'issues' || fate === 'failed' || fate === 'backed_out';
}

function riskInputOf({ subject, random }: PlannedChange): RiskInput {
  const [likelihood, impact] = subject.risk;
  const answers = {
    tested: likelihood > 2 ? random.pick(['partly', 'yes'] as const) : 'yes',
    backout: random.pick(['rehearsed', 'planned'] as const),
    experience: random.pick(['often', 'often', 'once'] as const),
    reach: impact > 3 ? 'everybody' : impact > 1 ? 'department' : 'team',
  };
  return { answers, likelihood, impact };
}

export function taskId(key: string, index: number): string {
  return stableId(DEMO_SOURCE, 'task', `${key}-${index}`);
}

/** The steps one after the other, then a test. */
export function tasksOf({ steps, back, test, minutes }: Subject, key: string): readonly TaskFields[] {
  const each = Math.max(5, Math.round(minutes / (steps.length + 1) / 5) * 5);
  const common = { owner: null, team: null, plannedMinutes: each };
  const implementation = steps.map((title, index): TaskFields => ({
    title,
    kind: 'implementation',
    after: index === 0 ? [] : [taskId(key, index - 1)],
    backout: index === 1 ? back : '',
    ...common,
  }));
  return [...implementation, { title: `Test: ${test}`, kind: 'testing', after: [], backout: '', ...common }];
}
