import type { Instant, ServiceId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flat, id, oneOf, optional, text, whole } from './codec.ts';
import { sift, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';

/** Something that everyone signed in should know. */
export interface Announcement {
  readonly id: string;
  readonly at: Instant;
  /** After this it is no longer shown; null while it stands. */
  readonly until: Instant | null;
  readonly kind: 'information' | 'outage' | 'planned-outage';
  readonly title: string;
  readonly text: string;
  readonly service: ServiceId | null;
}

export const announcementEntry = versioned(
  1,
  flat<Omit<Announcement, 'id'>>({
    at: whole,
    kind: oneOf(['information', 'outage', 'planned-outage']),
    title: text,
    text,
    until: optional(whole),
    service: optional(id<ServiceId>()),
  }),
);

export function writeAnnouncement(doc: Y.Doc, { id: key, ...announcement }: Announcement): void {
  doc.getMap('announcements').set(key, announcementEntry.encode(announcement));
}

export function removeAnnouncement(doc: Y.Doc, announcement: string): void {
  doc.getMap('announcements').delete(announcement);
}

/** All announcements, newest first. */
export function readAnnouncements(doc: Y.Doc): {
  readonly announcements: readonly Announcement[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const map = doc.getMap('announcements');
  const entries = Array.from(map.keys(), (key) => {
    const entry = announcementEntry.decode(`announcements.${key}`, map.get(key));
    return 'nonconforming' in entry ? entry : { id: key, ...entry };
  });
  const { conforming, nonconforming } = sift<Announcement>(entries);
  return { announcements: conforming.sort((a, b) => b.at - a.at), nonconforming };
}
