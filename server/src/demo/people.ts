import { ROLES, permissionsOf, personId, teamId } from '@muster/domain/shared';
import type { Actor, Person, Role, Team } from '@muster/domain/shared';
import { stableId } from '../import/stable-id.ts';
import { DEMO_TEAMS, FIRST_NAMES, LAST_NAMES } from './organisation.ts';
import type { DemoTeamName } from './organisation.ts';

/** People of the demonstration: 52 in seven teams and 8 who only ask for help. */
const REQUESTERS = 8;
const DOMAIN = 'muster.example';

export interface Cast {
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly requesters: readonly Actor[];
  team(name: DemoTeamName): { readonly team: Team; readonly members: readonly Actor[] };
}

/** Makes the same people every time: names are dealt from two lists so that no two people share both. */
export function castPeople(): Cast {
  const people: Person[] = [];
  const teams: Team[] = [];
  const members = new Map<DemoTeamName, Actor[]>();
  for (const { name, size } of DEMO_TEAMS) {
    const id = teamId(stableId('demo', 'team', name));
    const crew = Array.from({ length: size }, (_, seat) =>
      person(people.length + seat, rolesAt(name, seat), [id]),
    );
    people.push(...crew);
    teams.push({ id, name, members: crew.map((one) => one.id), lead: crew[0]?.id ?? null });
    members.set(name, crew.map(actorOf));
  }
  const requesters = Array.from({ length: REQUESTERS }, (_, seat) =>
    person(people.length + seat, ['requester'], []),
  );
  people.push(...requesters);
  return {
    people,
    teams,
    requesters: requesters.map(actorOf),
    team: (name) => {
      const team = teams.find((one) => one.name === name);
      const crew = members.get(name);
      if (team === undefined || crew === undefined) throw new Error(`no team ${name} in the demonstration`);
      return { team, members: crew };
    },
  };
}

export function actorOf(one: Person): Actor {
  return { id: one.id, name: one.name, permissions: permissionsOf(one.roles), teams: one.teams };
}

function rolesAt(team: DemoTeamName, seat: number): readonly Role[] {
  if (team === 'Platform' && seat === 0) return [...ROLES];
  return seat === 0 ? ['requester', 'agent', 'team-lead'] : ['requester', 'agent'];
}

function person(index: number, roles: readonly Role[], teams: Person['teams']): Person {
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? 'Robin';
  const last = LAST_NAMES[(index * 7 + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length] ?? 'Doe';
  const handle = `${first}.${last}`
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  return {
    id: personId(stableId('demo', 'person', handle)),
    name: `${first} ${last}`,
    email: `${handle}@${DOMAIN}`,
    roles,
    teams,
    active: true,
    vip: index % 17 === 3,
  };
}
