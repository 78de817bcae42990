import type { Instant, ItemId, PersonId, RecordId } from '../../shared/index.ts';
import type { ChangeCause } from '../item/acts.ts';
import type { Relation } from '../map/dependency-map.ts';

/** A relation as it is kept: also when it is no more, for what stood at a moment. */
export interface KeptRelation extends Relation {
  readonly id: RecordId;
  /** Number of its events. */
  readonly version: number;
  readonly since: Instant;
  readonly by: PersonId;
  /** Null while it stands. */
  readonly until: Instant | null;
  readonly removedBy: PersonId | null;
}

/** What is asked for, as the command `relation.<verb>` carries it. */
export type RelationAct =
  | {
      readonly verb: 'add';
      readonly type: string;
      readonly from: ItemId;
      readonly to: ItemId;
      readonly change?: ChangeCause;
    }
  | { readonly verb: 'remove'; readonly change?: ChangeCause };

export type RelationVerb = RelationAct['verb'];

export type RelationEvent =
  | {
      readonly type: 'related';
      readonly as: string;
      readonly from: ItemId;
      readonly to: ItemId;
      readonly change?: ChangeCause;
    }
  | { readonly type: 'removed'; readonly change?: ChangeCause };
