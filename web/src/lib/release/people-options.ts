import { permissionsOf } from '@muster/domain/shared';
import type { Directory } from '@muster/domain/shared';

/** People who may read releases: those who can be asked or named in one. By name. */
export function releasePeople(directory: Directory): { readonly value: string; readonly label: string }[] {
  return [...directory.people.values()]
    .filter(({ active, roles }) => active && permissionsOf(roles).has('release.read'))
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
