import type {
  Actor,
  Agreement,
  BusinessCalendar,
  Chain,
  Directory,
  Person,
  PersonId,
  Role,
  TeamId,
} from '../index.ts';
import { DEFAULT_MATRIX, permissionsOf, personId, serviceId, teamId } from '../index.ts';

export const NETWORK = teamId('network');
export const PAYROLL = teamId('payroll');
export const VPN = serviceId('vpn');

const HOUR = 3_600_000;

/** 08-17, Monday to Friday, in Zurich; Christmas is free. */
export const OFFICE_HOURS: BusinessCalendar = {
  id: 'office',
  name: 'Office hours',
  zone: 'Europe/Zurich',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 8 * 60, to: 17 * 60 })),
  holidays: ['2026-12-25'],
};

export const ROUND_THE_CLOCK: BusinessCalendar = {
  id: 'always',
  name: 'Round the clock',
  zone: 'UTC',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 })),
  holidays: [],
};

function person(id: string, roles: readonly Role[], teams: readonly TeamId[] = []): Person {
  return { id: personId(id), name: id, email: `${id}@example.org`, roles, teams, active: true, vip: false };
}

const PEOPLE = [
  person('rita', ['requester']),
  person('ruben', ['requester']),
  person('ana', ['agent'], [NETWORK]),
  person('bo', ['agent'], [NETWORK]),
  person('cem', ['agent'], [PAYROLL]),
  person('lea', ['team-lead'], [NETWORK]),
  { ...person('gone', ['agent'], [NETWORK]), active: false },
];

/** Every priority of both processes: one hour to answer, eight hours to resolve; half of both for priority 1. */
const AGREEMENTS: readonly Agreement[] = (['desk', 'incident'] as const).flatMap((process) =>
  ([1, 2, 3, 4, 5] as const).flatMap((priority) =>
    (['response', 'resolution'] as const).map((metric) => ({
      id: `${process}-${priority}-${metric}`,
      process,
      priority,
      metric,
      targetMs: (metric === 'response' ? HOUR : 8 * HOUR) / (priority === 1 ? 2 : 1),
      calendar: 'office',
    })),
  ),
);

/** Cem has five minutes, then Bo; twice. */
const PAYROLL_CHAIN: Chain = {
  id: PAYROLL,
  version: 1,
  name: 'Payroll',
  steps: [
    { kind: 'person', person: personId('cem') },
    { kind: 'wait', minutes: 5 },
    { kind: 'person', person: personId('bo') },
    { kind: 'wait', minutes: 5 },
  ],
  repeats: 1,
};

export const DIRECTORY: Directory = {
  people: new Map(PEOPLE.map((one) => [one.id, one])),
  teams: new Map(
    [NETWORK, PAYROLL].map((id) => [
      id,
      {
        id,
        name: id,
        members: PEOPLE.filter((one) => one.teams.includes(id)).map((one) => one.id),
        lead: null,
      },
    ]),
  ),
  services: new Map([[VPN, { id: VPN, name: 'VPN', team: NETWORK, criticality: 2 }]]),
  categories: ['network', 'payroll'],
  matrix: DEFAULT_MATRIX,
  calendars: new Map([OFFICE_HOURS, ROUND_THE_CLOCK].map((calendar) => [calendar.id, calendar])),
  agreements: AGREEMENTS,
  majorRules: [],
  chains: new Map([[PAYROLL, PAYROLL_CHAIN]]),
  runbooks: new Map(),
  schedules: new Map(),
};

export function actor(id: string): Actor {
  const found = DIRECTORY.people.get(personId(id));
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return { id: found.id, name: found.name, permissions: permissionsOf(found.roles), teams: found.teams };
}

export const id = (name: string): PersonId => actor(name).id;
