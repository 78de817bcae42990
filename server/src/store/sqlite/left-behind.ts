import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { BoundaryError } from '../boundary-error.ts';

/**
 * Throws `store/missing` where a database is not there although it was: its log, a marker, a replaced database or a
 * backup on its way in lies beside. An empty store made in its place would hand the desk to whoever comes first.
 */
export function assertNotLost(file: string): void {
  if (existsSync(file) && statSync(file).size > 0) return;
  const name = basename(file);
  const beside = readdirSync(dirname(file))
    .filter((one) => isOf(name, one))
    .toSorted();
  if (beside.length === 0) return;
  const replaced = beside.findLast((one) => one.startsWith(`${name}.replaced-`) && !/-(wal|shm)$/.test(one));
  const putBack =
    replaced === undefined ? '' : ` Or give ${replaced} the name ${name} again (its -wal file with it).`;
  throw new BoundaryError('store/missing', {
    text:
      `${file} is not there, but ${beside.join(', ')} beside it says that it was: a restore was broken off, or the ` +
      `file was moved away. Nothing was made in its place. Put a backup in its place as the README says.${putBack} ` +
      `To begin with an empty desk, move these files elsewhere first.`,
  });
}

function isOf(name: string, other: string): boolean {
  const signs = [`${name}-wal`, `${name}.incoming`, `${name}.marker`];
  return signs.includes(other) || other.startsWith(`${name}.replaced-`);
}
