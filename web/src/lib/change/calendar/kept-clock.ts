import { storageHere } from '#lib/live/storage-here.ts';

/** Whose clock the calendar goes by: this device's, as all other pages do, unless the organisation's was chosen here. */
export type Clock = 'device' | 'organisation';

const KEY = 'muster:change-calendar-clock';

export function keptClock(): Clock {
  return storageHere('localStorage').getItem(KEY) === 'organisation' ? 'organisation' : 'device';
}

export function keepClock(clock: Clock): void {
  if (clock === 'organisation') storageHere('localStorage').setItem(KEY, clock);
  else storageHere('localStorage').removeItem(KEY);
}
