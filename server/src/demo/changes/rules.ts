/** What the changes of the demonstration go by: who approves, when work is to be done, when it is not. */
import type { ApprovalPolicy, ApproverSource, ChangeWindow } from '@muster/domain/change';
import type { Actor, ServiceId } from '@muster/domain/shared';
import { keepRule } from '../../store/change-rules.ts';
import { POLICY_PREFIX, WINDOW_PREFIX, defaultPolicies } from '../../store/changes.ts';
import { loadDirectory } from '../../store/directory.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_SERVICES } from '../organisation.ts';
import type { DemoTeamName } from '../organisation.ts';
import type { Cast } from '../people.ts';
import { DEMO_CALENDAR } from '../rules.ts';
import { demoServiceId } from '../tickets.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { zone } = DEMO_CALENDAR;

const BOARD: readonly DemoTeamName[] = [
  'Service Desk',
  'Network',
  'Platform',
  'Business Applications',
  'Security',
];

/** Who decides for the organisation: the leads of five teams. */
export function boardOf(cast: Cast): readonly Actor[] {
  return BOARD.flatMap((team) => cast.team(team).members.slice(0, 1));
}

export const servicesOf = (...teams: readonly DemoTeamName[]): readonly ServiceId[] =>
  DEMO_SERVICES.filter(({ team }) => teams.includes(team)).map(demoServiceId);

type Rule<Kept> = Omit<Kept, 'version'>;

function policies(cast: Cast): readonly Rule<ApprovalPolicy>[] {
  const board = boardOf(cast).map(({ id: person }): ApproverSource => ({
    kind: 'person',
    person,
    weight: 1,
  }));
  const lead: readonly ApproverSource[] = [{ kind: 'lead', weight: 1 }];
  const common = { delegates: null, ownMayVote: false } as const;
  return [
    {
      id: 'technical',
      name: 'Lead of the team',
      stage: 'technical',
      when: { models: ['normal'] },
      rule: { kind: 'any' },
      approvers: lead,
      withinMs: 7 * DAY,
      ...common,
    },
    {
      id: 'board',
      name: 'Change board',
      stage: 'board',
      when: { models: ['normal', 'unauthorised'], risk: 'medium' },
      rule: { kind: 'quorum', votes: 3 },
      approvers: board,
      withinMs: 10 * DAY,
      ...common,
    },
    {
      id: 'manager',
      name: 'Change manager',
      stage: 'board',
      when: { models: ['normal', 'unauthorised'] },
      rule: { kind: 'any' },
      approvers: board,
      withinMs: 10 * DAY,
      ...common,
    },
    {
      id: 'emergency',
      name: 'Emergency board',
      stage: 'board',
      when: { models: ['emergency'] },
      rule: { kind: 'quorum', votes: 2 },
      approvers: board,
      withinMs: 4 * HOUR,
      ...common,
    },
  ];
}

/** Weekly from a Saturday long past, so that they come again whenever the demonstration is made. */
export function windows(now: number): readonly Rule<ChangeWindow>[] {
  const weekly = (begins: string, ends: string, weekdays: readonly number[]) => ({
    zone,
    begins,
    ends,
    repeats: { unit: 'week', every: 1, weekdays, until: null } as const,
  });
  const once = (begins: number, ends: number) => ({
    zone,
    begins: localOf(begins),
    ends: localOf(ends),
    repeats: null,
  });
  const maintenance = { kind: 'maintenance', hard: false, classes: null, models: null } as const;
  const freeze = { kind: 'freeze', classes: null, models: null } as const;
  const year = new Date(now).getUTCFullYear();
  const monthEnd = Date.UTC(year, new Date(now).getUTCMonth() + 1, 1);
  const [weekend, evenings, mornings, nights] = [
    weekly('2026-01-03T20:00', '2026-01-04T06:00', [6]),
    weekly('2026-01-06T19:00', '2026-01-06T23:30', [2, 4]),
    weekly('2026-01-07T06:00', '2026-01-07T09:00', [1, 3]),
    weekly('2026-01-05T22:00', '2026-01-06T05:00', [1, 2, 3, 4]),
  ];
  const sale = now + 5 * DAY;
  return [
    {
      id: 'platform',
      name: 'Platform, Saturday nights',
      when: weekend,
      services: servicesOf('Platform'),
      ...maintenance,
    },
    {
      id: 'applications',
      name: 'Applications, Tuesday and Thursday evenings',
      when: evenings,
      services: servicesOf('Business Applications', 'Data and Reporting'),
      ...maintenance,
    },
    {
      id: 'workplace',
      name: 'Workplace, early mornings',
      when: mornings,
      services: servicesOf('Workplace'),
      ...maintenance,
    },
    {
      id: 'network',
      name: 'Network and sign-in, weeknights',
      when: nights,
      services: servicesOf('Network', 'Security'),
      ...maintenance,
    },
    {
      id: 'month-end',
      name: 'Month end of finance',
      when: once(monthEnd - 2 * DAY, monthEnd + 2 * DAY),
      services: DEMO_SERVICES.filter(({ name }) => /Finance|Payroll/.test(name)).map(demoServiceId),
      ...freeze,
      hard: true,
    },
    {
      id: 'sale',
      name: 'Sale in the web shop',
      when: once(sale, sale + 3 * DAY),
      services: DEMO_SERVICES.filter(({ name }) => /Web shop|Customer/.test(name)).map(demoServiceId),
      ...freeze,
      hard: false,
    },
    {
      id: 'year-end',
      name: 'Between the years',
      when: { zone, begins: `${year}-12-22T18:00`, ends: `${year + 1}-01-03T08:00`, repeats: null },
      services: null,
      ...freeze,
      hard: true,
    },
  ];
}

/** Sets them as an administrator would; what stands by default under the same name is replaced. */
export async function setRules(store: Store, cast: Cast, now: number): Promise<void> {
  const db = store.writer;
  const defaults = defaultPolicies(await loadDirectory(db));
  for (const rule of policies(cast)) await keep(POLICY_PREFIX, rule, defaults.get(rule.id)?.version ?? null);
  for (const rule of windows(now)) await keep(WINDOW_PREFIX, rule, null);
  await store.refreshDirectory();

  async function keep(prefix: string, rule: { readonly id: string }, standing: number | null): Promise<void> {
    const kept = await keepRule(db, { prefix, id: rule.id, basis: standing ?? 0, standing }, rule, now);
    if (kept === null) throw new Error(`demonstration: rule ${rule.id} was there already`);
  }
}

/** Midnight of a day, as a window says it. */
function localOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 10)}T00:00`;
}
