import { personId } from '@muster/domain/shared';
import type { RecordId, ServiceId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { Muster } from '#lib/live/muster.ts';
import type { ConflictNames } from './conflict-words.ts';

/** Names for the ids that calendars show, and times on the clock of their zone. */
export function namesOf(changes: LiveChanges, muster: Muster, zone: string): ConflictNames {
  return {
    change: (id) => {
      const change = changes.peek(id as RecordId);
      return change === undefined ? 'another change' : `${change.number ?? change.token} “${change.title}”`;
    },
    window: (id) => changes.rules.windows.find((each) => each.id === id)?.name ?? 'a window',
    item: (id) => muster.directory.current.services.get(id as ServiceId)?.name ?? 'something else',
    stretch: (from, to) => stretchWords(from, to, zone),
  };
}

/** The name of a row of the timeline: of a service, a person, or a model. */
export function rowName(changes: LiveChanges, muster: Muster, row: string): string {
  const { services, people } = muster.directory.current;
  if (people.has(personId(row))) return muster.directory.personName(personId(row));
  return services.get(row as ServiceId)?.name ?? changes.rules.models.get(row)?.name ?? 'Nothing named';
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return format;
}

/** `Thu 3 Dec, 02:00–04:00` */
export function stretchWords(from: number, to: number, zone: string): string {
  return formatOf(zone).formatRange(from, to);
}

export function momentWords(at: number, zone: string): string {
  return formatOf(zone).format(at);
}
