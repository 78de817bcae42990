import type { ColumnType, Generated } from 'kysely';

/** A known error or an article. Its events are in `event`, with its id as their record. */
export interface KnownErrorTable {
  /** Row id of its entries in `known_error_text` and `help_text`. */
  key: Generated<number>;
  id: string;
  version: number;
  kind: string;
  state: string;
  draft: string | null;
  /** Of what is published and in use; null for what is not. */
  audience: string | null;
  service: string | null;
  category: string | null;
  problem: string | null;
  title: string;
  updated_at: number;
  /** When the time for which it was said to hold is over; null once its owner was told. */
  due_at: number | null;
  /** 1 while it has a row on the board. */
  live: number;
  /** JSON: KnownError. */
  data: string;
}

/** What was published, as it was then. */
export interface KnownErrorVersionTable {
  known_error: string;
  number: number;
  at: number;
  by: string;
  /** JSON: the event `published`. */
  data: string;
}

/** What somebody said of a version last. */
export interface KnownErrorRatingTable {
  known_error: string;
  number: number;
  person: string;
  helped: number;
  comment: string | null;
  at: number;
}

/** That it was used on a ticket. Whoever reads this has to be asked whether they may read the ticket. */
export interface KnownErrorUseTable {
  known_error: string;
  ticket: string;
  by: string;
  at: number;
}

/** Full-text index over known errors for the staff, and over what is published for everybody. */
export interface KnownErrorTextTable {
  rowid: ColumnType<number, number, never>;
  title: string;
  told: string;
  body: string;
}
