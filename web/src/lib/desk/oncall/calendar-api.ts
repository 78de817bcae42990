import type { ScheduleId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export interface CalendarAddress {
  readonly id: string;
  readonly schedule: ScheduleId | null;
  readonly madeAt: number;
  readonly usedAt: number | null;
}

/** The addresses of one's calendars. Each throws `BoundaryError`. */
export function calendarApi({ request }: Pick<Api, 'request'>) {
  return {
    list: async () =>
      ((await request('/api/me/calendars')) as { readonly calendars: readonly CalendarAddress[] }).calendars,
    make: async (schedule: ScheduleId | null) =>
      (await request('/api/me/calendars', { method: 'POST', body: { schedule } })) as {
        readonly calendar: CalendarAddress;
        readonly address: string;
      },
    revoke: (id: string) => request(`/api/me/calendars/${id}`, { method: 'DELETE' }),
  };
}
