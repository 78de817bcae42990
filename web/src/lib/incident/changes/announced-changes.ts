import type { Announcement } from '@muster/domain/desk';
import type { ChangeFact } from '@muster/domain/flows';

/** Announced work as far as it has begun: what touched services and items and is known of today. */
export function announcedChanges(announcements: readonly Announcement[]): readonly ChangeFact[] {
  return announcements.flatMap((each): readonly ChangeFact[] => {
    const isWork = each.kind === 'planned-outage' || each.kind === 'maintenance';
    if (!isWork || each.startedAt === null) return [];
    return [
      {
        id: each.id,
        kind: 'announcement',
        title: each.title,
        record: null,
        from: each.startedAt,
        to: each.endedAt,
        touched: [...each.services, ...(each.items ?? [])],
      },
    ];
  });
}
