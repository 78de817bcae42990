/** Who may see, set up, and take part in schedules. */
import type { PersonId } from '../ids.ts';
import type { Actor } from '../people.ts';
import { worksHere } from './form.ts';
import type { Organisation } from './form.ts';
import type { ScheduleForm } from './schedule.ts';

/** The staff hold all schedules; nobody else knows of one (DSK-135). */
export function maySeeSchedules({ permissions }: Pick<Actor, 'permissions'>): boolean {
  return permissions.has('desk.read') || permissions.has('incident.read');
}

/** Administrators, and the lead of the team whose schedule it is (DSK-136). */
export function maySetUp(
  { id, permissions }: Pick<Actor, 'id' | 'permissions'>,
  { team }: Pick<ScheduleForm, 'team'>,
  { teams }: Pick<Organisation, 'teams'>,
): boolean {
  return permissions.has('admin.settings') || (team !== null && teams.get(team)?.lead === id);
}

/** Who may take over here: people of its layers and of its team who can be called. */
export function takesPart(
  schedule: ScheduleForm,
  person: PersonId,
  { people, teams }: Organisation,
): boolean {
  const isNamed = schedule.layers.some((layer) => layer.people.includes(person));
  const isMember = schedule.team !== null && (teams.get(schedule.team)?.members.includes(person) ?? false);
  return (isNamed || isMember) && worksHere(people, person);
}
