/** What happened to an item and to its relations, and how it stood at a moment (A5 row 15). */
import type { Instant, ItemId, RecordId, Recorded } from '../../shared/index.ts';
import type { KeptRelation, RelationEvent } from '../relation/acts.ts';
import type { ChangeCause, ItemEvent } from './acts.ts';
import { evolveItem } from './evolve.ts';
import type { ConfigurationItem } from './item.ts';

/** Of a relation, as either of its ends tells it. */
export interface RelationHistoryEvent {
  readonly type: 'relation-added' | 'relation-removed';
  readonly relation: RecordId;
  readonly as: string;
  readonly from: ItemId;
  readonly to: ItemId;
  readonly change?: ChangeCause;
}

/** `version` is that of what the event belongs to: the item, or the relation. */
export type HistoryEvent = ItemEvent | RelationHistoryEvent;

/** An event of a relation as its ends tell it. */
export function asHistory(
  { id: relation, type: as, from, to }: Pick<KeptRelation, 'id' | 'type' | 'from' | 'to'>,
  recorded: Recorded<RelationEvent>,
): Recorded<RelationHistoryEvent> {
  const type = recorded.event.type === 'removed' ? 'relation-removed' : 'relation-added';
  return { ...recorded, event: { type, relation, as, from, to, ...causeOf(recorded.event) } };
}

/** The change that an event was planned by, to be put beside what else it says. */
function causeOf({ change }: RelationEvent): { readonly change?: ChangeCause } {
  return change === undefined ? {} : { change };
}

export function isOfRelation(event: HistoryEvent): event is RelationHistoryEvent {
  return event.type === 'relation-added' || event.type === 'relation-removed';
}

/** The item as it stood at a moment, from its history in order; null before it was made. */
export function itemAt(
  target: RecordId,
  history: readonly Recorded<HistoryEvent>[],
  at: Instant,
): ConfigurationItem | null {
  return history.reduce<ConfigurationItem | null>(
    (state, recorded) =>
      recorded.at > at || isOfRelation(recorded.event)
        ? state
        : evolveItem(state, recorded.event, recorded, target),
    null,
  );
}

/** The relations that stood at a moment. */
export function relationsAt(
  history: readonly Recorded<HistoryEvent>[],
  at: Instant,
): readonly RelationHistoryEvent[] {
  const standing = new Map<RecordId, RelationHistoryEvent>();
  for (const { event, at: when } of history) {
    if (when > at || !isOfRelation(event)) continue;
    if (event.type === 'relation-added') standing.set(event.relation, event);
    else standing.delete(event.relation);
  }
  return [...standing.values()];
}
