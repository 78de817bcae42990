/** The tables of who is on call, and of calendars that read it: see schema.ts. */
import type { Generated } from 'kysely';

/** An on-call schedule. The document `oncall` is made from those that were not removed. */
export interface ScheduleTable {
  id: string;
  version: number;
  removed_at: number | null;
  /** JSON: Schedule. */
  data: string;
}

export interface ScheduleEventTable {
  seq: Generated<number>;
  schedule: string;
  version: number;
  /** JSON: ScheduleEvent. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
}

/** A secret address under which a calendar reads shifts without signing in: one schedule's, or its person's own. */
export interface CalendarAddressTable {
  id: string;
  /** Who made it; what it shows is what they may see when it is asked for. */
  person: string;
  /** What it shows. */
  about: Generated<'shifts' | 'changes'>;
  /** Null for the shifts of its person in all schedules, and for changes. */
  schedule: string | null;
  /** SHA-256, hex, of the secret: the address itself is shown once and kept nowhere. */
  hash: string;
  made_at: number;
  used_at: number | null;
}
