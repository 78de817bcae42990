/** The steps of a chain as a form edits them: whom to call, or how long to wait, each in one box. */
import { permissionsOf, personId, teamId, MOST_WAIT_MINUTES } from '@muster/domain/shared';
import type { ChainStep, Directory, Schedule } from '@muster/domain/shared';
import type { ComboboxOption } from '#lib/ui/Combobox.svelte';

export type EditedStep = { readonly key: string } & (
  | { readonly kind: 'wait'; readonly minutes: string }
  /** `person:ID`, `all:ID`, `lead:ID` or `schedule:ID`; empty while nobody is chosen. */
  | { readonly kind: 'call'; readonly whom: string }
);

let keys = 0;
const key = () => `step-${(keys += 1)}`;

export const waiting = (minutes = 5): EditedStep => ({ key: key(), kind: 'wait', minutes: String(minutes) });
export const calling = (whom = ''): EditedStep => ({ key: key(), kind: 'call', whom });

export function editedFrom(step: ChainStep): EditedStep {
  switch (step.kind) {
    case 'wait':
      return waiting(step.minutes);
    case 'person':
      return calling(`person:${step.person}`);
    case 'schedule':
      return calling(`schedule:${step.schedule}`);
    case 'team':
      return calling(`${step.part}:${step.team}`);
  }
}

/** What a chain needs to know of a schedule. */
export type NamedSchedule = Pick<Schedule, 'id' | 'name'>;

/** With the schedules that these steps call: one that is not known here, or not yet, stays as it is written. */
export function callable(
  schedules: readonly NamedSchedule[],
  steps: readonly ChainStep[],
): readonly NamedSchedule[] {
  const all = new Map<string, NamedSchedule>();
  for (const step of steps) {
    if (step.kind === 'schedule') all.set(step.schedule, { id: step.schedule, name: step.name });
  }
  for (const schedule of schedules) all.set(schedule.id, schedule);
  return [...all.values()];
}

/** The step that the boxes say; null while they say none. */
export function stepFrom(edited: EditedStep, schedules: readonly NamedSchedule[]): ChainStep | null {
  if (edited.kind === 'wait') {
    const minutes = Number(edited.minutes);
    const fits = Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_WAIT_MINUTES;
    return fits ? { kind: 'wait', minutes } : null;
  }
  const { whom } = edited;
  const id = whom.slice(whom.indexOf(':') + 1);
  if (id === '') return null;
  if (whom.startsWith('person:')) return { kind: 'person', person: personId(id) };
  if (whom.startsWith('schedule:')) {
    const chosen = schedules.find((schedule) => schedule.id === id);
    return chosen === undefined ? null : { kind: 'schedule', schedule: chosen.id, name: chosen.name };
  }
  return { kind: 'team', team: teamId(id), part: whom.startsWith('lead:') ? 'lead' : 'all' };
}

/** Schedules and teams first, for they stay when people go. */
export function whomOptions(
  { people, teams }: Directory,
  schedules: readonly NamedSchedule[],
): ComboboxOption[] {
  const byLabel = (a: ComboboxOption, b: ComboboxOption) => a.label.localeCompare(b.label);
  const onCall = schedules.map(({ id, name }) => ({ value: `schedule:${id}`, label: `On call by ${name}` }));
  const ofTeams = [...teams.values()].flatMap(({ id, name }): ComboboxOption[] => [
    { value: `all:${id}`, label: `Everybody in ${name}` },
    { value: `lead:${id}`, label: `The lead of ${name}` },
  ]);
  const staff = [...people.values()]
    .filter(({ active, roles }) => active && permissionsOf(roles).has('incident.work'))
    .map(({ id, name, email }) => ({ value: `person:${id}`, label: name, hint: email }));
  return [...onCall.sort(byLabel), ...ofTeams.sort(byLabel), ...staff.sort(byLabel)];
}
