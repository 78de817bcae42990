/** Releases of the demonstration: one that is over, one whose night goes on, one that is planned; and deployments. */
import type { Change } from '@muster/domain/change';
import { isOverChange } from '@muster/domain/change';
import { changeInRelease } from '@muster/domain/flows';
import { DEFAULT_PHASES, isDone, readinessOf, topological } from '@muster/domain/release';
import type {
  GatePlan,
  PhasePlan,
  ReleaseFields,
  ReleaseState,
  Stage,
  StepPlan,
} from '@muster/domain/release';
import { serviceId } from '@muster/domain/shared';
import type { Actor } from '@muster/domain/shared';
import { stableRecordId } from '../../import/stable-id.ts';
import { changeOf } from '../../store/changes.ts';
import type { Store } from '../../store/store.ts';
import { boardOf, servicesOf } from '../changes/rules.ts';
import { NIGHT_KEYS } from '../changes/tonight.ts';
import { nightOf } from '../night.ts';
import type { Cast } from '../people.ts';
import { DEMO_SOURCE } from '../tickets.ts';
import { reportDeployments } from './deployments.ts';
import { ReleasePlayer } from './player.ts';
import { RUNDOWN } from './rundown.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export async function fillReleases(store: Store, cast: Cast, now: number): Promise<void> {
  const rows = await store.reader.selectFrom('change').select('data').orderBy('id').execute();
  const changes = rows.map(changeOf).filter(({ begins, ends }) => begins !== null && ends !== null);
  const play = (key: string) => new Play(new ReleasePlayer(store, key, now), cast, changes);
  await play('release-autumn').over(now);
  await play('release-night').tonight(now);
  await play('release-next').planned(now);
  await reportDeployments(store, now);
}

/** One release, acted out by its manager and crew. */
class Play {
  readonly #player: ReleasePlayer;
  readonly #manager: Actor;
  readonly #leads: readonly Actor[];
  readonly #changes: readonly Change[];
  #crew: readonly Actor[];

  constructor(player: ReleasePlayer, cast: Cast, changes: readonly Change[]) {
    this.#player = player;
    this.#changes = changes;
    this.#leads = boardOf(cast);
    const [manager] = this.#leads;
    if (manager === undefined) throw new Error('demonstration: nobody leads');
    this.#manager = manager;
    this.#crew = cast.team('Business Applications').members;
  }

  async over(now: number): Promise<void> {
    const from = hourOf(now - 30 * DAY);
    const to = from + 6 * HOUR;
    const members = this.#changes.filter(
      (change) =>
        wasCarriedOut(change) && (change.ends ?? 0) > from - 14 * DAY && (change.ends ?? 0) < from + DAY,
    );
    const title = 'Autumn release';
    await this.#make(
      { title, label: labelOf(from), from, to, made: from - 20 * DAY, tested: from - 9 * DAY },
      ofShop(members),
    );
    await this.#prepare(from - 18 * DAY, from - 10 * DAY);
    await this.#go(from);
    await this.#tick(from, RUNDOWN.length);
    await this.#complete('deploying', from + 5 * HOUR);
    await this.#move('hypercare', from + 5 * HOUR);
    await this.#phase('hypercare', from + 5 * HOUR, from + 53 * HOUR);
    await this.#move('review', from + 53 * HOUR);
    await this.#move('completed', from + 4 * DAY);
  }

  /** Some of its changes were closed in the days before; those of the night are being carried out, or follow. */
  async tonight(now: number): Promise<void> {
    const { from, to } = nightOf(now);
    const ids = new Set<string>(NIGHT_KEYS.map((key) => stableRecordId(DEMO_SOURCE, key)));
    const night = this.#changes.filter(({ id, state }) => ids.has(id) && CARRIED.has(state));
    const before = this.#changes.filter(
      (change) => wasCarriedOut(change) && isOfShop(change) && (change.ends ?? 0) > now - 9 * DAY,
    );
    const made = from - 12 * DAY;
    const title = 'Winter release';
    await this.#make({ title, label: labelOf(now), from, to, made, tested: from - 2 * DAY }, [
      ...before,
      ...night,
    ]);
    await this.#prepare(made + DAY, from - 3 * DAY);
    await this.#go(from);
    await this.#tick(from, 7);
  }

  async planned(now: number): Promise<void> {
    const from = hourOf(now + 9 * DAY);
    const to = from + 8 * DAY;
    const members = this.#changes.filter(
      (change) => !isOverChange(change) && (change.begins ?? 0) >= from && (change.ends ?? 0) <= to,
    );
    const made = hourOf(now - 4 * DAY);
    const title = 'New year release';
    await this.#make({ title, label: labelOf(to), from, to, made, tested: from - 2 * DAY }, ofShop(members));
    await this.#move('planning', made + DAY);
    await this.#player.act(this.#manager, made + DAY, { verb: 'start-phase', phase: 'planning' });
  }

  async #make(plan: Plan, members: readonly Change[]): Promise<void> {
    const { title, label, from, to, made: at } = plan;
    const touched = new Set(members.flatMap(({ items }) => items));
    const services = (touched.size > 0 ? [...touched] : [...SHOP]).map(serviceId);
    const fields: ReleaseFields = {
      kind: 'minor',
      title,
      label,
      services,
      owner: this.#manager.id,
      pace: 'stages',
      beginsAt: from,
      endsAt: to,
      hypercareHours: 48,
      rollbackTestedAt: at,
    };
    await this.#player.act(this.#manager, at, { verb: 'create', fields });
    const signers = this.#leads.slice(1, 3).map(({ id }) => id);
    const signed: GatePlan = {
      id: 'testing-signed',
      name: 'Signed by the leads',
      rule: { kind: 'sign-offs', people: signers },
    };
    const phases = DEFAULT_PHASES.map((phase): PhasePlan => {
      const gates = phase.stage === 'testing' ? [...phase.gates, signed] : phase.gates;
      return { ...phase, gates, ...datesOf(phase.stage, plan) };
    });
    await this.#player.act(this.#manager, at, { verb: 'plan-phases', phases });
    if (members.length > 0)
      await this.#player.act(this.#manager, at, {
        verb: 'add-changes',
        changes: members.map(({ id }) => id),
      });
    const unit = { id: 'shop', kind: 'unit', name: 'Web shop', version: `${label}.0`, parts: [] } as const;
    await this.#player.act(this.#manager, at, { verb: 'set-unit', unit });
    await this.#player.act(this.#manager, at, { verb: 'add-steps', steps: this.#steps() });
  }

  #steps(): readonly StepPlan[] {
    const idOf = (place: number) => stableRecordId(DEMO_SOURCE, `${this.#player.key}-step-${place}`);
    return RUNDOWN.map(({ title, minutes, after, rollback, noReturn = false }, place) => ({
      id: idOf(place),
      ...{ title, phase: 'deploying', minutes, rollback, noReturn, change: null },
      owner: this.#crew[place % this.#crew.length]?.id ?? null,
      after: after.map(idOf),
    }));
  }

  /** Planning from `begun` to `at`, then building for a day and testing for two hours. */
  async #prepare(begun: number, at: number): Promise<void> {
    await this.#move('planning', begun);
    await this.#phase('planning', begun, at);
    await this.#move('building', at + HOUR);
    await this.#phase('building', at + HOUR, at + DAY);
    await this.#move('testing', at + DAY);
    await this.#player.act(this.#manager, at + DAY, { verb: 'start-phase', phase: 'testing' });
    const checks = { tests: 100, 'critical-vulnerabilities': 0 };
    for (const [check, value] of Object.entries(checks))
      await this.#player.act(this.#manager, at + DAY, { verb: 'report-check', check, value });
    for (const lead of this.#leads.slice(1, 3))
      await this.#player.act(lead, at + DAY + HOUR, { verb: 'sign-off', gate: 'testing-signed' });
    await this.#complete('testing', at + DAY + 2 * HOUR);
    await this.#move('ready', at + DAY + 2 * HOUR);
  }

  async #go(from: number): Promise<void> {
    const leads = this.#leads.slice(0, 4).map(({ id }) => id);
    await this.#player.act(this.#manager, from - 3 * HOUR, { verb: 'open-roll-call', leads, quorum: 3 });
    // who answers reads how members stand, which no service has a say in
    const facts = new Map(this.#changes.map((each) => [each.id, changeInRelease(each, [])]));
    for (const [place, lead] of this.#leads.slice(0, 3).entries()) {
      const readiness = readinessOf(this.#player.release, { changes: facts }).hash;
      const note = place === 1 ? 'The desk is staffed until two.' : '';
      await this.#player.act(lead, from - 2 * HOUR + place * MINUTE, {
        ...{ verb: 'answer', answer: 'go', note, readiness },
      });
    }
    await this.#move('go', from - HOUR);
    await this.#move('deploying', from);
    await this.#player.act(this.#manager, from, { verb: 'start-phase', phase: 'deploying' });
  }

  /** The first steps of the rundown, one after the other, some faster and some slower than planned. */
  async #tick(from: number, many: number): Promise<void> {
    let at = from;
    for (const { id, owner, minutes } of topological(this.#player.release.steps).slice(0, many)) {
      const by = this.#crew.find((each) => each.id === owner) ?? this.#manager;
      await this.#player.act(by, at, { verb: 'start-step', step: id });
      at += Math.round(minutes * MINUTE * (minutes % 3 === 0 ? 1.1 : 0.8));
      await this.#player.act(by, at, { verb: 'tick', step: id });
    }
    const next = topological(this.#player.release.steps).find((step) => !isDone(step));
    const by = this.#crew.find((each) => each.id === next?.owner);
    if (next !== undefined && by !== undefined)
      await this.#player.act(by, at, { verb: 'start-step', step: next.id });
  }

  async #phase(phase: Stage, begun: number, done: number): Promise<void> {
    await this.#player.act(this.#manager, begun, { verb: 'start-phase', phase });
    await this.#complete(phase, done);
  }

  async #complete(phase: Stage, at: number): Promise<void> {
    await this.#player.act(this.#manager, at, { verb: 'complete-phase', phase });
  }

  async #move(to: ReleaseState, at: number): Promise<void> {
    await this.#player.act(this.#manager, at, { verb: 'transition', to });
  }
}

interface Plan {
  readonly title: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly made: number;
  /** When building is to be over. */
  readonly tested: number;
}

/** Days that follow on each other: planned, built in a day, tested until the work is made ready. */
function datesOf(stage: Stage, { from, to, made, tested }: Plan): Pick<PhasePlan, 'beginsAt' | 'endsAt'> {
  const built = tested - DAY;
  switch (stage) {
    case 'planning':
      return { beginsAt: made + DAY, endsAt: built };
    case 'building':
      return { beginsAt: built, endsAt: tested };
    case 'testing':
      return { beginsAt: tested, endsAt: from - 4 * HOUR };
    case 'deploying':
      return { beginsAt: from, endsAt: to };
    case 'hypercare':
      return { beginsAt: to, endsAt: to + 48 * HOUR };
  }
}

const CARRIED: ReadonlySet<Change['state']> = new Set(['scheduled', 'implement', 'review', 'closed']);

const SHOP: ReadonlySet<string> = new Set(servicesOf('Business Applications', 'Data and Reporting'));

/** What was called off is over as well, but no release carries it. */
function wasCarriedOut({ state }: Change): boolean {
  return state === 'closed';
}

function isOfShop({ items }: Change): boolean {
  return items.every((item) => SHOP.has(item));
}

/** Those around the shop, which a release of it carries; all, where a desk made on such a day has too few of them. */
function ofShop(changes: readonly Change[]): readonly Change[] {
  const own = changes.filter(isOfShop);
  return own.length > 2 ? own : changes;
}

/** People plan by the hour. */
function hourOf(at: number): number {
  return at - (at % HOUR);
}

function labelOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}.${date.getUTCMonth() + 1}`;
}
