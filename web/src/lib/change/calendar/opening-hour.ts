import type { PlacedChange } from './shown-changes.ts';
import { dayOf, wallOf } from './wall-clock.ts';

/** Of an office. */
const WORK_BEGINS = '08';

/** The full hour at which days open: nothing that begins stands above it, working hours neither; midnight, where a change goes through it. */
export function openingHour(shown: readonly Pick<PlacedChange, 'begins' | 'ends'>[], zone: string): string {
  const hours = shown.map(({ begins, ends }) =>
    dayOf(begins, zone) === dayOf(ends - 1, zone) ? wallOf(begins, zone).slice(11, 13) : '00',
  );
  return `${[WORK_BEGINS, ...hours].toSorted()[0] ?? WORK_BEGINS}:00`;
}
