/** The filter as written by a person: terms that must all hold, each with alternatives. */
export interface Filter {
  readonly terms: readonly Term[];
}

/** Where a term stands in the text it was read from, for marking problems and completing words. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Term =
  | { readonly kind: 'text'; readonly text: string; readonly negated: boolean; readonly span: Span }
  | {
      readonly kind: 'field';
      readonly field: FieldName;
      readonly values: readonly string[];
      readonly negated: boolean;
      readonly span: Span;
    };

/** What is wrong with a part of a filter. That part is left out; the rest still filters. */
export type FilterProblem =
  | {
      readonly kind: 'unknown-field';
      readonly name: string;
      readonly nearest: FieldName | null;
      readonly span: Span;
    }
  | { readonly kind: 'empty-value'; readonly field: FieldName; readonly span: Span }
  | { readonly kind: 'unclosed-quote'; readonly span: Span }
  | {
      readonly kind: 'unknown-value';
      readonly field: FieldName;
      readonly value: string;
      readonly nearest: string | null;
      readonly span: Span;
    }
  | {
      readonly kind: 'value-not-here';
      readonly field: FieldName;
      readonly value: string;
      readonly span: Span;
    };

export const FIELD_NAMES = [
  'state',
  'priority',
  'impact',
  'urgency',
  'owner',
  'team',
  'requester',
  'watcher',
  'service',
  'item',
  'category',
  'tag',
  'kind',
  'process',
  'channel',
  'hold',
  'major',
  'severity',
  'snooze',
  'clock',
  'reply',
  'is',
  'created',
  'updated',
  'resolved',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

export function isFieldName(name: string): name is FieldName {
  return (FIELD_NAMES as readonly string[]).includes(name);
}

export const EMPTY_FILTER: Filter = { terms: [] };
