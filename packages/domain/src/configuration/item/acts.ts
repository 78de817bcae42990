import type { ItemId, PersonId, RecordId } from '../../shared/index.ts';
import type { AttributeValue } from '../class/attribute-value.ts';
import type { RelationFault } from '../relation/govern.ts';
import type { ConfigurationItem } from './item.ts';
import type { ItemState } from './lifecycle.ts';

/** What people say of an item themselves. */
export type ItemFields = Pick<
  ConfigurationItem,
  'class' | 'name' | 'owner' | 'team' | 'criticality' | 'attributes' | 'redundancy'
>;

/** Attributes by id, as far as they are said anew; null takes one back. */
export type AttributeEdit = Readonly<Record<string, AttributeValue | null>>;

export type ItemEdit = Partial<Omit<ItemFields, 'attributes'>> & { readonly attributes?: AttributeEdit };

/** The change whose planned value it was, with its number at the time. The server alone says so. */
export interface ChangeCause {
  readonly id: RecordId;
  readonly number: string | null;
}

/** A relation as it is to stand, in place of one that the other item has. */
export interface MovedRelation {
  readonly relation: string;
  readonly as: string;
  readonly from: ItemId;
  readonly to: ItemId;
}

/** One that goes with the other item, and what stood against it. */
export interface DroppedRelation extends MovedRelation {
  readonly fault: RelationFault;
}

export interface JoinPlan {
  readonly moved: readonly MovedRelation[];
  readonly dropped: readonly DroppedRelation[];
  /** What the one that stays takes over, because it says nothing of it itself. */
  readonly took: ItemEdit;
}

/** What is asked for, as the command `item.<verb>` carries it. `from` is what its author saw stand. */
export type ItemAct =
  | {
      readonly verb: 'create';
      readonly fields: Pick<ItemFields, 'class' | 'name'> & Partial<ItemFields>;
      /** Where in its life it enters; planned unless said. */
      readonly state?: ItemState;
    }
  | { readonly verb: 'edit'; readonly fields: ItemEdit; readonly change?: ChangeCause }
  | {
      readonly verb: 'step';
      readonly from: ItemState;
      readonly to: ItemState;
      readonly reason?: string;
      /** The answer of whoever is asked whether it goes although open incidents name it. */
      readonly despite?: boolean;
      readonly change?: ChangeCause;
    }
  /** The other answer: it stays as it is. */
  | { readonly verb: 'keep' }
  /** All of it is right as it stands. */
  | { readonly verb: 'confirm' }
  /** It is not the same as another that looks so. */
  | { readonly verb: 'tell-apart'; readonly other: ItemId }
  /** The other is the same: this one takes its relations and what it lacks, and the other is retired. */
  | { readonly verb: 'join'; readonly other: ItemId }
  /** Asks its owner to look at it; by the clock alone. */
  | { readonly verb: 'ask-review' }
  /** It was retired before an incident arrived that was written earlier: that waits after all; by the product alone. */
  | { readonly verb: 'suspend' };

export type ItemVerb = ItemAct['verb'];

export type ItemActOf<Verb extends ItemVerb> = Extract<ItemAct, { readonly verb: Verb }>;

export type ItemEvent =
  | {
      readonly type: 'made';
      readonly number: string | null;
      readonly state: ItemState;
      readonly fields: ItemFields;
    }
  | {
      readonly type: 'edited';
      readonly fields: ItemEdit;
      readonly before: ItemEdit;
      readonly change?: ChangeCause;
    }
  | {
      readonly type: 'stepped';
      readonly from: ItemState;
      readonly to: ItemState;
      readonly reason: string | null;
      readonly change?: ChangeCause;
    }
  /** Open incidents name it; which, is for those to see who may read them. */
  | {
      readonly type: 'step-suspended';
      readonly to: ItemState;
      readonly reason: string | null;
      /** Who asked for it, where the product suspended what was done already. */
      readonly by?: PersonId;
      readonly change?: ChangeCause;
    }
  | { readonly type: 'kept' }
  | { readonly type: 'confirmed' }
  | { readonly type: 'told-apart'; readonly other: ItemId }
  /** The other as it was called then, and what became of its relations and values. */
  | ({
      readonly type: 'joined';
      readonly other: ItemId;
      readonly name: string;
      readonly number: string | null;
    } & JoinPlan)
  | { readonly type: 'joined-into'; readonly into: ItemId }
  | { readonly type: 'review-asked'; readonly of: 'stale' | 'incomplete' };

export type ItemEventOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { readonly type: Type }>;
