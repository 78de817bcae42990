import type { Instant, PersonId, RecordId, ServiceId, TeamId } from '../../shared/index.ts';

/** The set grows at its end: it is stored by place. */
export const ANNOUNCEMENT_KINDS = ['planned-outage', 'outage', 'degradation', 'maintenance'] as const;

export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

/** A8, OUTAGE. The set grows at its end. */
export const ANNOUNCEMENT_STATES = [
  'draft',
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
  'postponed',
  'cancelled',
] as const;

export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** The occasions at which people are told. The set grows at its end. */
export const NOTICES = [
  'publication',
  '72h',
  '24h',
  '1h',
  'start',
  'end',
  'moved',
  'postponed',
  'cancelled',
  'audience',
] as const;

export type Notice = (typeof NOTICES)[number];

/** What its authors set. The window is planned: when it really began and ended is told by the steps. */
export interface AnnouncementFields {
  readonly kind: AnnouncementKind;
  readonly title: string;
  readonly message: string;
  readonly services: readonly ServiceId[];
  /** What is out of use or worked on; none when left out. For those who read the configuration, and nobody else. */
  readonly items?: readonly RecordId[];
  readonly beginsAt: Instant | null;
  readonly endsAt: Instant | null;
  /** Whether people who are not signed in may read it on the status page. */
  readonly public: boolean;
  /** The teams whose members alone are told; everybody when there is none. */
  readonly audience: readonly TeamId[];
}

/** One line of its course: every step is one, and what is said between steps. */
export interface AnnouncementUpdate {
  /** Counts from 1. */
  readonly number: number;
  readonly state: AnnouncementState;
  /** Empty for a step without words. */
  readonly message: string;
  readonly at: Instant;
}

/** That people were told, once for each revision and occasion; of a new audience as often as there is one. */
export interface ToldNotice {
  readonly revision: number;
  readonly notice: Notice;
  readonly at: Instant;
  /** The audience before a new one, whose people are not told again; null on every other occasion. */
  readonly before: readonly TeamId[] | null;
}

/** An outage or piece of maintenance that the whole organisation is told of, or some teams. */
export interface Announcement extends AnnouncementFields {
  readonly id: RecordId;
  /** Number of its events. */
  readonly version: number;
  /** Raised whenever everybody is to read it anew; 0 before it is published. */
  readonly revision: number;
  readonly revisedAt: Instant | null;
  readonly state: AnnouncementState;
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly updatedAt: Instant;
  /** Null while only its authors know of it. */
  readonly publishedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly updates: readonly AnnouncementUpdate[];
  readonly told: readonly ToldNotice[];
}

/** What everybody whom it is for may know of it. */
export function withoutItems({ items: _items, ...rest }: Announcement): Announcement {
  return rest;
}

/** Known beforehand, so that it has a window. */
export function isPlanned(kind: AnnouncementKind): boolean {
  return kind === 'planned-outage' || kind === 'maintenance';
}

export function isPublished({ publishedAt }: Announcement): boolean {
  return publishedAt !== null;
}

/** Work goes on, or its result is looked at. */
export function isRunning({ state }: Pick<Announcement, 'state'>): boolean {
  return state === 'in_progress' || state === 'verifying';
}

export function isOverAnnouncement({ state }: Pick<Announcement, 'state'>): boolean {
  return state === 'completed' || state === 'cancelled';
}

/** What a person says to have read: this announcement in this revision. */
export function readingKey(id: string, revision: number): string {
  return `announcement:${id}:${revision}`;
}
