import type { Connection } from '../connection/connection.ts';
import type { Restoration } from './muster.ts';

/** What there is to tell of the last restore; null when its person has read it. */
export function restorationOf(
  connection: Pick<Connection, 'restoration' | 'leftToBring' | 'putRestorationAway'>,
): Restoration | null {
  const { restoration, leftToBring } = connection;
  if (restoration === null || restoration.told) return null;
  const { backupTakenAt, applied, refused, renumbered } = restoration;
  return {
    backupTakenAt,
    waiting: leftToBring.acts + leftToBring.documents,
    brought: applied,
    refused,
    renumbered,
    putAway: () => connection.putRestorationAway(),
  };
}
