import { ANNOUNCEMENT_KINDS, ANNOUNCEMENT_STATES, NOTICES, withoutItems } from '@muster/domain/desk';
import type { Announcement, AnnouncementUpdate, ToldNotice } from '@muster/domain/desk';
import type { PersonId, RecordId, ServiceId, TeamId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flag, flat, id, list, oneOf, optional, text, whole } from './codec.ts';
import type { Codec } from './codec.ts';
import { isNonconforming, sift, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';

const teams = list(id<TeamId>());

/** No teams are everybody, which is not the same as no audience before. */
const audienceBefore: Codec<readonly TeamId[] | null> = {
  shape: `${teams.shape} or null`,
  encode: (value) => value,
  decode: (plain, base) => (plain === null || plain === undefined ? null : teams.decode(plain, base)),
};

const state = oneOf(ANNOUNCEMENT_STATES);

/** What its audience may know of an announcement: all of one that is published, but for its items. */
export const announcementEntry = versioned(
  3,
  flat<Omit<Announcement, 'id' | 'items'>>({
    version: whole,
    revision: whole,
    kind: oneOf(ANNOUNCEMENT_KINDS),
    state,
    title: text,
    message: text,
    services: list(id<ServiceId>()),
    public: flag,
    madeBy: id<PersonId>(),
    madeAt: whole,
    updatedAt: whole,
    revisedAt: optional(whole),
    publishedAt: optional(whole),
    beginsAt: optional(whole),
    endsAt: optional(whole),
    startedAt: optional(whole),
    endedAt: optional(whole),
    updates: list(flat<AnnouncementUpdate>({ number: whole, state, message: text, at: whole })),
    told: list(
      flat<ToldNotice>({ revision: whole, notice: oneOf(NOTICES), at: whole, before: audienceBefore }),
    ),
    audience: teams,
  }),
);

/** The server alone writes, and only what is published and for all who read this document. */
export function writeAnnouncement(doc: Y.Doc, whole: Announcement): void {
  const { id: key, ...announcement } = withoutItems(whole);
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
  const entries = Array.from(map.keys(), (key): Announcement | Nonconforming => {
    const entry = announcementEntry.decode(`announcements.${key}`, map.get(key));
    return isNonconforming(entry) ? entry : { id: key as RecordId, ...entry };
  });
  const { conforming, nonconforming } = sift<Announcement>(entries);
  return { announcements: conforming.sort((a, b) => b.madeAt - a.madeAt), nonconforming };
}
