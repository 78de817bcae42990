/** The tables of announcements and of who has read them: see schema.ts. */
import type { Generated } from 'kysely';

/** An announcement of an outage. The notice document is made from those that are published. */
export interface AnnouncementTable {
  id: string;
  version: number;
  state: string;
  published_at: number | null;
  ended_at: number | null;
  /** 1 when people who are not signed in may read it. */
  public: number;
  /** JSON: the ids of the teams whose members alone are told; null when everybody is. */
  audience: string | null;
  /** JSON: Announcement. */
  data: string;
}

export interface AnnouncementEventTable {
  seq: Generated<number>;
  announcement: string;
  version: number;
  /** JSON: AnnouncementEvent. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
}

/** Who has read which revision, and when they first said so. */
export interface AnnouncementReaderTable {
  announcement: string;
  revision: number;
  person: string;
  at: number;
}
