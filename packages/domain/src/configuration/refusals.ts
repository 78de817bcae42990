import { refuse } from '../shared/index.ts';
import type { Instant, ItemId, PersonId, RecordId, TeamId } from '../shared/index.ts';
import type { ValueFault } from './class/attribute-value.ts';
import type { ClassFault } from './class/item-class.ts';
import type { ItemState } from './item/lifecycle.ts';
import type { RelationFault } from './relation/govern.ts';
import type { Nonconformity, TypeFault } from './rules/conform.ts';

/** Why an act on the configuration is refused. `by` and `at` name who came first. */
export interface ConfigurationRefusalFacts {
  /** The one answer for what is not there and what is not to be seen. */
  'no-such-item': { readonly item: RecordId };
  'no-such-relation': { readonly relation: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'unknown-person': { readonly person: PersonId };
  'unknown-team': { readonly team: TeamId };
  'nothing-to-change': { readonly field: string | null };
  /** Services are what the directory says. */
  'service-of-directory': { readonly class: string };
  /** All that is wrong with the class and its values at once. */
  'values-unfit': { readonly class: string; readonly faults: readonly ValueFault[] };
  /** Relations that there are not between items of that class. */
  'relations-unfit': { readonly class: string; readonly relations: readonly string[] };
  /** Another item has the same in what identifies items of the class. */
  'same-identity': { readonly attribute: string; readonly value: unknown; readonly item: ItemId };
  'no-such-step': {
    readonly from: ItemState;
    readonly to: ItemState;
    readonly allowed: readonly ItemState[];
  };
  'item-moved': { readonly state: ItemState; readonly by?: PersonId; readonly at?: Instant };
  'reason-missing': { readonly from: ItemState; readonly to: ItemState };
  /** Whoever answers for the item was asked already. */
  'step-waits': { readonly to: ItemState; readonly by: PersonId; readonly at: Instant };
  /** Whether it goes in spite of open incidents is for its owner to say, or for who manages the configuration. */
  'not-answerable': { readonly owner: PersonId | null };
  'nothing-waits': Record<never, never>;
  /** Confirming is for its owner, its team, or for who manages the configuration. */
  'not-confirmable': { readonly owner: PersonId | null };
  /** What is retired stays no longer, and what is disposed of or was joined into another is joined into none. */
  'not-joinable': { readonly item: ItemId; readonly state: ItemState; readonly into: ItemId | null };
  'relation-unfit': { readonly fault: RelationFault };
  'relation-gone': { readonly by: PersonId | null; readonly at: Instant | null };
  /** Somebody else set them since. */
  'rules-moved': { readonly by: PersonId; readonly at: Instant };
  'classes-unfit': { readonly faults: readonly ClassFault[] };
  'types-unfit': { readonly faults: readonly TypeFault[] };
  /** What there is and would not conform any more: some of them by name, and how many in all. */
  'would-not-conform': { readonly found: readonly Nonconformity[]; readonly count: number };
}

export type ConfigurationRefusalReason = keyof ConfigurationRefusalFacts;

export type ConfigurationRefusal = {
  readonly code: `configuration/${ConfigurationRefusalReason}`;
} & Readonly<Record<string, unknown>>;

export function no<Reason extends ConfigurationRefusalReason>(
  reason: Reason,
  facts: ConfigurationRefusalFacts[Reason],
): { readonly ok: false; readonly refusal: ConfigurationRefusal } {
  const refusal: ConfigurationRefusal = { code: `configuration/${reason}`, ...facts };
  return refuse(refusal);
}
