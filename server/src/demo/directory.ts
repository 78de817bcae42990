import { DEFAULT_MAJOR_RULES, DEFAULT_MATRIX, teamId } from '@muster/domain/shared';
import type { Directory } from '@muster/domain/shared';
import { stableId } from '../import/stable-id.ts';
import { demoChains } from './chains.ts';
import { DEMO_SERVICES } from './organisation.ts';
import type { Cast } from './people.ts';
import { DEMO_AGREEMENTS, DEMO_CALENDAR, DEMO_CATEGORIES } from './rules.ts';
import { demoServiceId } from './tickets.ts';

/** The facts that the rules of the demonstration read. */
export function demoDirectory(cast: Cast): Directory {
  return {
    people: new Map(cast.people.map((person) => [person.id, person])),
    teams: new Map(cast.teams.map((team) => [team.id, team])),
    services: new Map(
      DEMO_SERVICES.map((service) => [
        demoServiceId(service),
        {
          id: demoServiceId(service),
          name: service.name,
          team: teamId(stableId('demo', 'team', service.team)),
          criticality: service.criticality,
        },
      ]),
    ),
    categories: DEMO_CATEGORIES,
    matrix: DEFAULT_MATRIX,
    calendars: new Map([[DEMO_CALENDAR.id, DEMO_CALENDAR]]),
    agreements: DEMO_AGREEMENTS,
    majorRules: DEFAULT_MAJOR_RULES,
    runbooks: new Map(),
    schedules: new Map(),
    chains: new Map(demoChains(cast).map((chain) => [chain.id, chain])),
  };
}
