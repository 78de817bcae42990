import type { Directory, ItemId, PersonId, RecordId, TeamId, Ticket } from '@muster/domain/shared';

/** Clock conditions that can be asked for, in rising order of alarm. */
export const CLOCK_WORDS = ['none', 'met', 'paused', 'ok', 'warning', 'breached'] as const;
export type ClockWord = (typeof CLOCK_WORDS)[number];

/** A row as filters see it: a ticket with what only this device knows of it. */
export interface FilterRow extends Ticket {
  readonly token: string;
  readonly pending: number;
}

/** Items and services as filters name them. */
export interface FilterItems {
  /** Those that may be chosen, as every other box shows them in which one is found. */
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
  /** All that a word stands for; null where it means nothing, or it is not known what. */
  called(word: string): ReadonlySet<ItemId> | null;
  /** They are not here, so that a word may stand for one of them all the same. */
  readonly isAwaited: boolean;
  /** What that is called; the word where it is not known here. */
  nameOfWord(word: string): string;
}

/** What the words of a filter refer to: who asks, and the names they may use. */
export interface FilterWorld {
  readonly me: PersonId;
  readonly myTeams: readonly TeamId[];
  readonly directory: Directory;
  readonly items: FilterItems;
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
