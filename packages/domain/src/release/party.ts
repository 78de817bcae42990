import { permissionsOf } from '../shared/index.ts';
import type { Directory, PersonId } from '../shared/index.ts';

/** Whether somebody can be named in a release: is there, is active, and may read what they are named for. */
export function canTakePart({ people }: Pick<Directory, 'people'>, person: PersonId): boolean {
  const known = people.get(person);
  return known?.active === true && permissionsOf(known.roles).has('release.read');
}
