import {
  DEFAULT_MATRIX,
  personId,
  recordId,
  serviceId,
  teamId,
  type Directory,
  type Person,
  type Service,
  type Team,
} from '@muster/domain/shared';
import type { TicketRow } from '#lib/live/muster.ts';
import { seeded, ulidFrom, type Random } from './random.ts';

/** Half past ten on a Tuesday, UTC: the "now" of all generated rows. */
export const NOW = Date.UTC(2026, 10, 24, 10, 30);

const FIRST = [
  'Amira',
  'Ben',
  'Chiara',
  'Dario',
  'Elif',
  'Femi',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kaya',
  'Lena',
];
const LAST = [
  'Okafor',
  'Lindqvist',
  'Marino',
  'Yilmaz',
  'Novak',
  'Weber',
  'Costa',
  'Haddad',
  'Sato',
  'Murphy',
];
const TEAMS = [
  'Service Desk',
  'Network',
  'Workplace',
  'Identity',
  'Databases',
  'Finance Apps',
  'Field Support',
];
const SERVICES = [
  'E-mail',
  'VPN',
  'Payroll',
  'Printing',
  'Intranet',
  'CRM',
  'File shares',
  'Telephony',
  'Wi-Fi',
];
const SUBJECTS = [
  'Laptop',
  'VPN client',
  'Printer on floor 3',
  'Shared mailbox',
  'Payroll export',
  'Badge reader',
];
const TROUBLES = [
  'does not start',
  'asks for a password again and again',
  'is slow since this morning',
  'shows error 0x80070005',
];
const LONG =
  'after the update that was rolled out on Monday evening to all machines of the eastern branch offices, also those that were away';

/** Sixty people in seven teams with nine services. */
export function makeDirectory(): Directory {
  const teams = new Map<Team['id'], Team>();
  const people = new Map<Person['id'], Person>();
  const services = new Map<Service['id'], Service>();
  TEAMS.forEach((name, index) => {
    const id = teamId(ulidFrom('TEAM', index));
    teams.set(id, { id, name, members: [], lead: null });
  });
  for (let index = 0; index < 60; index += 1) {
    const id = personId(ulidFrom('PERS', index));
    const first = FIRST[index % FIRST.length] ?? '';
    const last = LAST[Math.floor(index / 2) % LAST.length] ?? '';
    const team = index < 40 ? [...teams.keys()][index % TEAMS.length] : undefined;
    people.set(id, {
      id,
      name: `${first} ${last}${index >= 20 && index % 20 < 2 ? ` ${'I'.repeat(Math.floor(index / 20) + 1)}` : ''}`,
      email: `p${index}@example.org`,
      roles: index < 40 ? ['agent'] : ['requester'],
      teams: team ? [team] : [],
      active: true,
      vip: index === 45,
    });
  }
  SERVICES.forEach((name, index) => {
    const id = serviceId(ulidFrom('SERV', index));
    services.set(id, {
      id,
      name,
      team: [...teams.keys()][index % TEAMS.length] ?? null,
      criticality: ((index % 4) + 1) as 1 | 2 | 3 | 4,
    });
  });
  const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  const hour = 3_600_000;
  return {
    people,
    teams,
    services,
    categories: ['Hardware', 'Software', 'Access', 'Network'],
    matrix: DEFAULT_MATRIX,
    calendars: new Map([
      ['always', { id: 'always', name: 'Round the clock', zone: 'UTC', hours: everyDay, holidays: [] }],
    ]),
    agreements: ([1, 2, 3, 4, 5] as const).flatMap((priority) =>
      (['desk', 'incident'] as const).flatMap((process) => [
        {
          id: `${process}-${priority}-a`,
          process,
          priority,
          metric: 'response',
          targetMs: priority * hour,
          calendar: 'always',
        } as const,
        {
          id: `${process}-${priority}-b`,
          process,
          priority,
          metric: 'resolution',
          targetMs: priority * 8 * hour,
          calendar: 'always',
        } as const,
      ]),
    ),
    majorRules: [],
    runbooks: new Map(),
    schedules: new Map(),
    chains: new Map(),
  };
}

/** One open incident, with what the test cares about changed. */
export function makeRow(index: number, change: Partial<TicketRow> = {}): TicketRow {
  const id = recordId(ulidFrom('TICK', index));
  return {
    id,
    process: 'incident',
    number: `INC-2026-${String(index + 1).padStart(5, '0')}`,
    token: `INC-~${id.slice(-4)}`,
    pending: 0,
    version: 1,
    kind: 'incident',
    title: `Incident ${index + 1}`,
    state: 'new',
    holdReason: null,
    impact: 2,
    urgency: 2,
    priority: 3,
    matrixVersion: 1,
    priorityReason: null,
    requester: personId(ulidFrom('PERS', 40)),
    team: null,
    owner: null,
    coOwners: [],
    service: null,
    items: [],
    category: null,
    channel: 'phone',
    tags: [],
    links: [],
    watchers: [],
    mergedInto: null,
    snoozedUntil: null,
    snoozedBy: null,
    resolution: null,
    createdAt: NOW - index * 1000,
    updatedAt: NOW - index * 1000,
    resolvedAt: null,
    closedAt: null,
    firstResponseAt: null,
    lastReplyAt: null,
    lastReplyBy: null,
    reopenCount: 0,
    clock: [NOW - index * 1000],
    restrictedTo: null,
    readers: [],
    major: null,
    escalation: null,
    calls: [],
    ...change,
  };
}

/** Believable rows of both processes from a seed: any number, always the same. */
export function makeRows(count: number, directory: Directory, seed = 1): TicketRow[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => randomRow(index, directory, random));
}

export function randomRow(index: number, directory: Directory, random: Random): TicketRow {
  const process = random.pick(['desk', 'incident'] as const);
  const states =
    process === 'desk'
      ? ['new', 'triaged', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed']
      : ['new', 'in_progress', 'on_hold', 'resolved', 'closed'];
  const state = random.pick(states);
  const impact = random.pick([1, 2, 3] as const);
  const urgency = random.pick([1, 2, 3] as const);
  const ageMs = Math.floor(random.next() ** 3 * 20 * 86_400_000);
  const staff = [...directory.people.keys()].slice(0, 40);
  const callers = [...directory.people.keys()].slice(40);
  const createdAt = NOW - ageMs;
  const row = makeRow(index);
  return {
    ...row,
    process,
    kind:
      process === 'desk' ? random.pick(['request', 'complaint', 'setback', 'question'] as const) : 'incident',
    number: `${process === 'desk' ? 'REQ' : 'INC'}-2026-${String(index + 1).padStart(5, '0')}`,
    token: `${process === 'desk' ? 'REQ' : 'INC'}-~${row.id.slice(-4)}`,
    title: `${random.pick(SUBJECTS)} ${random.pick(TROUBLES)}${random.next() < 0.1 ? ` ${LONG}` : ''}`,
    state,
    holdReason: state === 'on_hold' ? random.pick(['caller', 'change', 'problem', 'vendor'] as const) : null,
    impact,
    urgency,
    priority: (impact + urgency - 1) as TicketRow['priority'],
    requester: random.pick(callers),
    team: random.next() < 0.85 ? random.pick([...directory.teams.keys()]) : null,
    owner: state === 'new' || random.next() < 0.3 ? null : random.pick(staff),
    service: random.next() < 0.8 ? random.pick([...directory.services.keys()]) : null,
    category: random.pick([null, ...directory.categories]),
    tags: random.next() < 0.2 ? [random.pick(['vip', 'branch-east', 'audit'])] : [],
    createdAt,
    updatedAt: createdAt + Math.floor(random.next() * ageMs),
    resolvedAt:
      state === 'resolved' || state === 'closed' ? createdAt + Math.floor(random.next() * ageMs) : null,
    clock:
      state === 'on_hold' || state === 'resolved' || state === 'closed'
        ? [createdAt, createdAt + Math.floor(random.next() * ageMs)]
        : [createdAt],
  };
}
