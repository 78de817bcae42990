import {
  permissionsOf,
  type Directory,
  type PersonId,
  type TeamId,
  type TicketProcess,
} from '@muster/domain/shared';
import type { ComboboxOption } from '#lib/ui/Combobox.svelte';

/** Stands for "no value" among options, where the empty string means "not chosen yet". */
export const NOBODY = '-';

export function teamOptions(directory: Directory): ComboboxOption[] {
  const teams = [...directory.teams.values()].map(({ id, name }) => ({ value: id, label: name }));
  return [...byLabel(teams), { value: NOBODY, label: 'No team' }];
}

/** People who work on tickets: me first, then the team's members, then everybody else. */
export function staffOptions(directory: Directory, me: PersonId, team: TeamId | null): ComboboxOption[] {
  const staff = [...directory.people.values()].filter(
    (person) =>
      person.active &&
      (permissionsOf(person.roles).has('desk.work') || permissionsOf(person.roles).has('incident.work')),
  );
  const option = ({ id, name, teams }: (typeof staff)[number]) => {
    const hint = teams
      .map((one) => directory.teams.get(one)?.name ?? '')
      .filter(Boolean)
      .join(', ');
    return { value: id, label: id === me ? `${name} (you)` : name, hint };
  };
  const rank = (person: (typeof staff)[number]) =>
    person.id === me ? 0 : team !== null && person.teams.includes(team) ? 1 : 2;
  const sorted = [...staff].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return [...sorted.map(option), { value: NOBODY, label: 'Nobody' }];
}

export function peopleOptions(directory: Directory): ComboboxOption[] {
  const people = [...directory.people.values()].filter((person) => person.active);
  return byLabel(
    people.map(({ id, name, email, vip }) => ({
      value: id,
      label: vip ? `${name} (VIP)` : name,
      hint: email,
    })),
  );
}

/** People who may read records of a process: those who can be named as readers of one. */
export function readerOptions(directory: Directory, process: TicketProcess): ComboboxOption[] {
  const staff = [...directory.people.values()].filter(
    (person) => person.active && permissionsOf(person.roles).has(`${process}.read`),
  );
  return byLabel(staff.map(({ id, name, email }) => ({ value: id, label: name, hint: email })));
}

export function serviceOptions(directory: Directory): ComboboxOption[] {
  const services = [...directory.services.values()].map(({ id, name, criticality }) => ({
    value: id,
    label: name,
    hint: `Criticality ${criticality}`,
  }));
  return byLabel(services);
}

export function categoryOptions(directory: Directory): ComboboxOption[] {
  return directory.categories.map((category) => ({ value: category, label: category }));
}

function byLabel<Option extends ComboboxOption>(options: readonly Option[]): Option[] {
  return [...options].sort((a, b) => a.label.localeCompare(b.label));
}
