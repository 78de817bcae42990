import type { ScheduleId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

/** What a calendar program reads under an address. */
export interface CalendarContent {
  readonly about: 'shifts' | 'changes';
  /** Null for one's own shifts in all schedules, and for changes. */
  readonly schedule: ScheduleId | null;
}

export interface CalendarAddress extends CalendarContent {
  readonly id: string;
  readonly madeAt: number;
  readonly usedAt: number | null;
}

/** The addresses of one's calendars. Each throws `BoundaryError`. */
export function calendarAddresses({ request }: Pick<Api, 'request'>) {
  return {
    /** The address that stands for this content; null when there is none. */
    find: async ({ about, schedule }: CalendarContent) => {
      const { calendars } = (await request('/api/me/calendars')) as {
        readonly calendars: readonly CalendarAddress[];
      };
      return calendars.find((each) => each.about === about && each.schedule === schedule) ?? null;
    },
    make: async ({ about, schedule }: CalendarContent) =>
      (await request('/api/me/calendars', { method: 'POST', body: { about, schedule } })) as {
        readonly calendar: CalendarAddress;
        readonly address: string;
      },
    revoke: (id: string) => request(`/api/me/calendars/${id}`, { method: 'DELETE' }),
  };
}
