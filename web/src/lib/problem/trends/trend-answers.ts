/** What the server answers about trends; each figure says where the records behind it are. */
import type { FixEffect, RecurrenceRule } from '@muster/domain/problem';
import type { ItemId, RecordId } from '@muster/domain/shared';

export interface NamedRecord {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly createdAt: number;
}

export interface Evidence {
  readonly count: number;
  /** Of many the newest, newest first. */
  readonly ids: readonly RecordId[];
  /** Those of them that a problem may name. */
  readonly linkable: readonly RecordId[];
  readonly records: readonly NamedRecord[];
}

export interface Figure {
  readonly count: number;
  /** Address of the records behind it. */
  readonly records: string;
}

export interface ParetoBar extends Figure {
  readonly group: string;
  readonly name: string;
  readonly cumulative: number;
  readonly isVital: boolean;
}

export interface ParetoAnswer {
  readonly bars: readonly ParetoBar[];
  readonly others: Figure & { readonly groups: number };
  readonly without: Figure;
}

export interface HoursAnswer {
  /** Seven rows from Monday, each of 24 hours. */
  readonly hours: readonly (readonly Figure[])[];
}

export interface Week extends Figure {
  readonly week: string;
  readonly from: number;
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isOut: boolean;
  readonly isWhole: boolean;
}

export interface WeeksAnswer {
  readonly weeks: readonly Week[];
  readonly more: boolean;
}

export interface Recurrence {
  readonly rules: readonly RecurrenceRule[];
  readonly service: string | null;
  readonly serviceName: string | null;
  readonly category: string | null;
  readonly title: string;
  /** Items that most of them are about. */
  readonly items: readonly { readonly id: ItemId; readonly name: string; readonly count: number }[];
  /** What a problem that is opened from it is about. */
  readonly about: readonly ItemId[];
  readonly evidence: Evidence;
  readonly records: string;
}

export interface RecurrencesAnswer {
  readonly recurrences: readonly Recurrence[];
  readonly more: boolean;
}

export interface Cluster {
  readonly title: string;
  readonly words: readonly { readonly word: string; readonly count: number }[];
  readonly fields: readonly {
    readonly field: 'service' | 'category' | 'item' | 'team';
    readonly value: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** What a problem that is opened from it is about. */
  readonly about: readonly ItemId[];
  readonly first: number;
  readonly last: number;
  readonly evidence: Evidence;
  readonly records: string;
}

export interface ClustersAnswer {
  readonly clusters: readonly Cluster[];
  readonly more: boolean;
  readonly seen: number;
  readonly unseen: number;
}

export interface FixAnswer {
  readonly before: Figure;
  readonly after: Figure;
  readonly daysOver: number;
  readonly verdict: FixEffect['verdict'];
  readonly days: readonly (Figure & { readonly from: number })[];
}

/** The answer of each view. */
export interface TrendAnswers {
  readonly pareto: ParetoAnswer;
  readonly hours: HoursAnswer;
  readonly weeks: WeeksAnswer;
  readonly recurrences: RecurrencesAnswer;
  readonly clusters: ClustersAnswer;
  readonly fix: FixAnswer;
}

export interface RecordsAnswer {
  readonly records: readonly NamedRecord[];
  readonly next: string | null;
}
