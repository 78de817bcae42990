/** Who is to be reached when, as data: layers of people in turn, and what was changed of it by hand since. */
import type { PersonId, ScheduleId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';

export const MAX_LAYERS = 10;
export const MAX_TURN_PEOPLE = 50;
/** The longest turn, in its unit. */
export const MAX_TURN_LENGTH = 52;
/** How far ahead an override or a swap may reach. */
export const MOST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000;
/** How long what has ended of overrides and swaps stays with the schedule; its events stay for good. */
export const KEPT_ENDED_MS = 90 * 24 * 60 * 60 * 1000;
/** How many overrides and swaps a schedule may have whose time is not over: each change writes all of them anew. */
export const MOST_OPEN = 200;
/** Of those that are over, or were declined or withdrawn, how many stay with the schedule; of each the last ones. */
export const MOST_ENDED = 200;

/** The set grows at its end: it is stored by place. */
export const TURN_UNITS = ['day', 'week'] as const;
export type TurnUnit = (typeof TURN_UNITS)[number];

/** A schedule's form without what happened to it since: what its administrators write. */
export interface ScheduleForm {
  readonly name: string;
  readonly team: TeamId | null;
  /** An IANA time zone; every time of day below is on its wall clock. */
  readonly zone: string;
  /** When somebody is to be on call; null is round the clock. Outside of it nothing is a gap. */
  readonly cover: WeeklyHours | null;
  /** In order of rank: who is on duty in the first layer is on call, and a lower layer fills what that leaves. */
  readonly layers: readonly ScheduleLayer[];
}

export interface Schedule extends ScheduleForm {
  readonly id: ScheduleId;
  /** Number of its events. */
  readonly version: number;
  /** In the order in which they were made. */
  readonly overrides: readonly ScheduleOverride[];
  readonly swaps: readonly ScheduleSwap[];
  /** When it was taken away; nobody is shown such a schedule. */
  readonly removedAt: Instant | null;
}

/** The same hours on some days of the week. Minutes from local midnight; `to` not after `from` is on the next day. */
export interface WeeklyHours {
  /** 1 (Monday) to 7: the days on which the hours begin. */
  readonly weekdays: readonly number[];
  /** 0 to 1439. */
  readonly from: number;
  /** 1 to 1440. */
  readonly to: number;
}

/** People who take turns of one length. */
export interface ScheduleLayer {
  readonly id: string;
  readonly name: string;
  /** In turn; the first begins on the starting day. */
  readonly people: readonly PersonId[];
  readonly unit: TurnUnit;
  /** How many units a turn lasts. */
  readonly length: number;
  /** When a turn is handed over, in minutes from local midnight: 0 to 1439. */
  readonly handoverAt: number;
  /** The local date of the first turn, `YYYY-MM-DD`; before it nobody is on duty. */
  readonly startsOn: string;
  /** When the layer is on duty at all; null is always. */
  readonly hours: WeeklyHours | null;
}

/** A stretch of time, from inclusive, to exclusive. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** One person instead of whoever would be on call, or of nobody. */
export interface ScheduleOverride extends Span {
  readonly id: string;
  readonly person: PersonId;
  readonly by: PersonId;
  readonly note: string;
  readonly madeAt: Instant;
  /** The schedule's version since which it holds: of two that meet, the later one does. */
  readonly since: number;
}

/** The set grows at its end: it is stored by place. */
export const SWAP_STATES = ['asked', 'accepted', 'declined', 'withdrawn'] as const;
export type SwapState = (typeof SWAP_STATES)[number];

/** One person asks another to be on call in their place and may offer to be it in theirs at another time. */
export interface ScheduleSwap {
  readonly id: string;
  readonly by: PersonId;
  readonly with: PersonId;
  /** When the other stands in for the one who asks. */
  readonly gives: Span;
  /** When the one who asks stands in for the other; null for nothing in return. */
  readonly takes: Span | null;
  readonly note: string;
  readonly state: SwapState;
  readonly askedAt: Instant;
  readonly answeredAt: Instant | null;
  /** The schedule's version since which it holds; null unless it is accepted. */
  readonly since: number | null;
}
