import { MAJOR_CHAIN } from '@muster/domain/shared';
import type { Chain, ChainStep } from '@muster/domain/shared';
import type { DemoTeamName } from './organisation.ts';
import type { Cast } from './people.ts';
import { demoScheduleId } from './schedules.ts';

const wait = (minutes: number): ChainStep => ({ kind: 'wait', minutes });

/** Whom the demonstration calls: two teams, and those who answer for major incidents. */
export function demoChains(cast: Cast): readonly Chain[] {
  const lead = (name: DemoTeamName): ChainStep => ({
    kind: 'team',
    team: cast.team(name).team.id,
    part: 'lead',
  });
  const all = (name: DemoTeamName): ChainStep => ({
    kind: 'team',
    team: cast.team(name).team.id,
    part: 'all',
  });
  const member = (name: DemoTeamName, seat: number): ChainStep => {
    const person = cast.team(name).members[seat];
    if (person === undefined) throw new Error(`no seat ${seat} in ${name} of the demonstration`);
    return { kind: 'person', person: person.id };
  };
  const onCall = (key: string, name: string): ChainStep => ({
    kind: 'schedule',
    schedule: demoScheduleId(key),
    name,
  });
  const chain = (id: string, name: string, repeats: number, steps: readonly ChainStep[]): Chain => ({
    id,
    version: 1,
    name,
    steps,
    repeats,
  });
  return [
    chain(MAJOR_CHAIN, 'Major incidents', 2, [
      lead('Service Desk'),
      wait(3),
      lead('Platform'),
      lead('Network'),
      wait(10),
    ]),
    chain(cast.team('Network').team.id, 'Network', 1, [
      onCall('network', 'Network, office hours'),
      wait(5),
      lead('Network'),
      wait(5),
      all('Network'),
      wait(15),
    ]),
    chain(cast.team('Platform').team.id, 'Platform', 0, [
      member('Platform', 2),
      member('Platform', 3),
      wait(10),
      lead('Platform'),
      wait(10),
    ]),
  ];
}
