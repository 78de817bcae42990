/** Whose clock the calendar goes by: this device's, as all other pages do, unless the organisation's was chosen here. */
export type Clock = 'device' | 'organisation';

const KEY = 'muster:change-calendar-clock';

export function keptClock(): Clock {
  return localStorage.getItem(KEY) === 'organisation' ? 'organisation' : 'device';
}

export function keepClock(clock: Clock): void {
  if (clock === 'organisation') localStorage.setItem(KEY, clock);
  else localStorage.removeItem(KEY);
}
