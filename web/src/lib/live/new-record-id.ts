import { RECORD_ID_CHOICES, makeRecordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';

/** An id for a record that is made on this device at `now`. */
export function newRecordId(now: number): RecordId {
  return makeRecordId(now, randomBelow(RECORD_ID_CHOICES));
}

/** For powers of two up to 2^32. */
function randomBelow(choices: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % choices;
}
