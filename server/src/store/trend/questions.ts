/** What trends are asked, and what they answer. All of it crosses to the analyst's thread and back. */
import type { FixEffect, RecurrenceRule } from '@muster/domain/problem';
import type { ItemId, RecordId, TicketProcess } from '@muster/domain/shared';

/** What a trend may be narrowed by; what is left out does not narrow, and an empty word means those without. */
export interface TrendFilter {
  readonly process: TicketProcess;
  /** Opened then or later, epoch ms. */
  readonly from?: number;
  /** Opened before, epoch ms. */
  readonly to?: number;
  readonly service?: string;
  readonly team?: string;
  readonly category?: string;
  /** Ids of items or services that they are about, separated by commas: all of them. */
  readonly item?: string;
  /** Words that the title has, each as the beginning of one. */
  readonly words?: string;
}

export const PARETO_GROUPS = [
  'item',
  'cause',
  'service',
  'category',
  'team',
  'resolution',
  'caller',
] as const;
export type ParetoGroup = (typeof PARETO_GROUPS)[number];

export interface ParetoAnswer {
  /** The most first. */
  readonly bars: readonly {
    readonly group: string;
    /** As people know it. */
    readonly name: string;
    readonly count: number;
    readonly cumulative: number;
    readonly isVital: boolean;
  }[];
  /** Groups that have no bar, and how many records they hold together, each counted once. */
  readonly others: { readonly groups: number; readonly count: number };
  /** Records that belong to no group; one that is about several items, or has several causes, belongs to each
   * of them. */
  readonly without: number;
}

export interface HeatMapAnswer {
  /** Seven rows from Monday, each of 24 hours. */
  readonly hours: readonly (readonly number[])[];
}

export interface WeeksAnswer {
  /** Oldest first, those without records too. */
  readonly weeks: readonly {
    /** Its Monday, `2026-11-23`. */
    readonly week: string;
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly mean: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly isOut: boolean;
    /** A week that goes on, or of which the span has only a part, is held against none. */
    readonly isWhole: boolean;
  }[];
  /** There are older ones that are not told. */
  readonly more: boolean;
}

/** A record behind a trend, named for who may read it. */
export interface NamedRecord {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly state: string;
  readonly createdAt: number;
  readonly service: string | null;
  readonly category: string | null;
  readonly team: string | null;
}

/** The records that something rests on. */
export interface Evidence {
  readonly count: number;
  /** Newest first, so many as are told. */
  readonly ids: readonly RecordId[];
  /** Those of the ids that whoever reads problems may know of: no restricted ones. */
  readonly linkable: readonly RecordId[];
  /** The newest of them, named. */
  readonly records: readonly NamedRecord[];
}

export interface RecurrencesAnswer {
  readonly recurrences: readonly {
    readonly rules: readonly RecurrenceRule[];
    readonly service: string | null;
    readonly serviceName: string | null;
    readonly category: string | null;
    /** The symptom, as its newest title says it. */
    readonly title: string;
    readonly items: readonly SharedItem[];
    /** Items that a problem opened from it is about. */
    readonly about: readonly ItemId[];
    readonly evidence: Evidence;
  }[];
  readonly more: boolean;
  /** The instant from which the rule looked back. */
  readonly at: number;
}

/** An item that most of them are about. */
export interface SharedItem {
  readonly id: ItemId;
  readonly name: string;
  readonly count: number;
}

export interface SharedField {
  readonly field: 'service' | 'category' | 'item' | 'team';
  readonly value: string;
  readonly name: string;
  readonly count: number;
}

export interface ClustersAnswer {
  readonly clusters: readonly {
    /** The title that most of them are like. */
    readonly title: string;
    readonly words: readonly { readonly word: string; readonly count: number }[];
    readonly fields: readonly SharedField[];
    /** Items that a problem opened from it is about. */
    readonly about: readonly ItemId[];
    readonly first: number;
    readonly last: number;
    readonly evidence: Evidence;
  }[];
  readonly more: boolean;
  /** How many records were looked at, and how many older ones of other words were not. */
  readonly seen: number;
  readonly unseen: number;
  /** The instant before which all of them were opened: what comes later changes nothing up to it. */
  readonly until: number;
}

export interface FixEffectAnswer extends FixEffect {
  readonly fixedAt: number;
  /** From 30 days before the fix to the 30th after it; those that are still to come are left out. */
  readonly days: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

export const FOUND_KINDS = ['clusters', 'recurrences'] as const;
/** What a trend finds: its records have nothing in common that a filter could say. */
export type FoundKind = (typeof FOUND_KINDS)[number];

/** Records behind a figure. */
export interface RecordsAsked extends TrendFilter {
  /** Id of a problem that stands behind them; an empty word means those behind which none does. */
  readonly cause?: string;
  readonly resolution?: string;
  readonly caller?: string;
  /** Those that a Pareto by this has no bar for. */
  readonly others?: ParetoGroup;
  readonly ids?: readonly string[];
  /** What the ids are the newest of: the rest of it comes after them. */
  readonly rest?: FoundKind;
  /** Monday is 0. */
  readonly weekday?: number;
  readonly hour?: number;
  readonly zone: string;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface RecordsAnswer {
  /** Newest first. */
  readonly records: readonly NamedRecord[];
  readonly next: string | null;
}

/** Every question with its answer. `now` comes with each. */
export interface TrendQuestions {
  readonly pareto: {
    /** A table has a row for each group, however many there are. */
    readonly asked: TrendFilter & { readonly by: ParetoGroup; readonly isTable?: boolean };
    readonly answer: ParetoAnswer;
  };
  readonly heatMap: {
    readonly asked: TrendFilter & { readonly zone: string };
    readonly answer: HeatMapAnswer;
  };
  readonly weeks: { readonly asked: TrendFilter & { readonly zone: string }; readonly answer: WeeksAnswer };
  /** Each rule says itself how far it looks back from the end. */
  readonly recurrences: { readonly asked: Omit<TrendFilter, 'from'>; readonly answer: RecurrencesAnswer };
  readonly clusters: { readonly asked: TrendFilter; readonly answer: ClustersAnswer };
  readonly fixEffect: {
    readonly asked: Omit<TrendFilter, 'from' | 'to'> & { readonly fixedAt: number };
    readonly answer: FixEffectAnswer;
  };
  readonly records: { readonly asked: RecordsAsked; readonly answer: RecordsAnswer };
}

export type TrendKind = keyof TrendQuestions;
export type Asked<Kind extends TrendKind> = TrendQuestions[Kind]['asked'];
export type Answered<Kind extends TrendKind> = TrendQuestions[Kind]['answer'];
