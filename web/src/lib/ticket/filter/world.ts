import type { Directory, PersonId, RecordId, TeamId, Ticket } from '@muster/domain/shared';

/** Clock conditions that can be asked for, in rising order of alarm. */
export const CLOCK_WORDS = ['none', 'met', 'paused', 'ok', 'warning', 'breached'] as const;
export type ClockWord = (typeof CLOCK_WORDS)[number];

/** A row as filters see it: a ticket with what only this device knows of it. */
export interface FilterRow extends Ticket {
  readonly token: string;
  readonly pending: number;
}

/** What the words of a filter refer to: who asks, and the names they may use. */
export interface FilterWorld {
  readonly me: PersonId;
  readonly myTeams: readonly TeamId[];
  readonly directory: Directory;
  /** States of all ticket processes in the order of work, and which of them are open. */
  readonly states: readonly string[];
  readonly openStates: ReadonlySet<string>;
}

/** What a test may look at beside the row: the time, and what is derived from it. */
export interface FilterMoment {
  /** Epoch ms. */
  readonly now: number;
  /** The worst service-level condition of a row. */
  readonly clock: (row: FilterRow) => ClockWord;
  /** Whether something in the inbox about this record is unread. */
  readonly unread: (id: RecordId) => boolean;
}

export type RowTest = (row: FilterRow, moment: FilterMoment) => boolean;
