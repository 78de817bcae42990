/** The ten ways in which a change collides (A4 row 10). */
import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { ItemId } from '../model/items.ts';

export const CONFLICT_KINDS = [
  'same-item',
  'parent-item',
  'child-item',
  'item-outside',
  'parent-outside',
  'child-outside',
  'item-frozen',
  'parent-frozen',
  'child-frozen',
  'assignee-busy',
] as const;

export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** A change that has a place in time, or is to have one. */
export interface Planned {
  readonly id: RecordId;
  readonly model: string;
  readonly items: readonly ItemId[];
  readonly owner: PersonId | null;
  readonly begins: Instant;
  readonly ends: Instant;
}

export interface Conflict {
  /** The same conflict has the same key: what was waived stays waived until either side moves. */
  readonly key: string;
  readonly kind: ConflictKind;
  /** Through which of the change's own items, or of their parents or children. */
  readonly items: readonly ItemId[];
  readonly change: RecordId | null;
  /** Windows that it lies in, or that it lies outside of. */
  readonly windows: readonly string[];
  /** The stretch of the other side; of what lies outside, its own. */
  readonly from: Instant;
  readonly to: Instant;
  /** Cannot be waived. */
  readonly hard: boolean;
}

export function conflictKey(kind: ConflictKind, other: string, from: Instant, to: Instant): string {
  return `${kind} ${other} ${from}-${to}`;
}
