/** Dates that come again, as forms hold them. */
import type { Recurrence } from '@muster/domain/shared';

export interface RecurrenceDraft {
  /** `YYYY-MM-DDTHH:mm` */
  readonly begins: string;
  readonly ends: string;
  readonly repeats: 'once' | 'day' | 'week';
  readonly every: string;
  /** 1 (Monday) to 7, as text. */
  readonly weekdays: readonly string[];
  /** `YYYY-MM-DD`; empty goes on for ever. */
  readonly until: string;
}

export function recurrenceDraftOf({ begins, ends, repeats }: Recurrence): RecurrenceDraft {
  return {
    begins,
    ends,
    repeats: repeats?.unit ?? 'once',
    every: String(repeats?.every ?? 1),
    weekdays: (repeats?.weekdays ?? []).map(String),
    until: repeats?.until ?? '',
  };
}

/** @param zone IANA name; null goes by the clock of whatever it is for */
export function recurrenceOf(draft: RecurrenceDraft, zone: string | null): Recurrence {
  const { begins, ends, repeats, every, weekdays, until } = draft;
  const again = {
    every: Number(every),
    weekdays: repeats === 'week' ? weekdays.map(Number) : [],
    until: until === '' ? null : until,
  };
  return { zone, begins, ends, repeats: repeats === 'once' ? null : { unit: repeats, ...again } };
}
