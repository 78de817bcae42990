/** Words for whom the steps of a chain mean. */
import type { ChainStep, Directory } from '@muster/domain/shared';
import { personId, teamId } from '@muster/domain/shared';

/** Names for whom steps mean. */
export interface ChainNames {
  person(id: string): string;
  team(id: string): string;
}

export function chainNames({ people, teams }: Pick<Directory, 'people' | 'teams'>): ChainNames {
  return {
    person: (id) => people.get(personId(id))?.name ?? 'somebody who has left',
    team: (id) => teams.get(teamId(id))?.name ?? 'a team that is gone',
  };
}

/** Whom a step calls: `Ana Lind`, `everybody in Network`. */
export function whomWords(step: ChainStep, names: ChainNames): string {
  switch (step.kind) {
    case 'wait':
      return minutesWords(step.minutes);
    case 'person':
      return names.person(step.person);
    case 'schedule':
      return `whoever is on call by ${step.name}`;
    case 'team':
      return step.part === 'all'
        ? `everybody in ${names.team(step.team)}`
        : `the lead of ${names.team(step.team)}`;
  }
}

/** `5 minutes`, `1 hour`, `1 hour 30 minutes`. */
export function minutesWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes - hours * 60;
  const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  return [hours > 0 ? counted(hours, 'hour') : '', rest > 0 || hours === 0 ? counted(rest, 'minute') : '']
    .filter((part) => part !== '')
    .join(' ');
}
