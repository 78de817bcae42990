/** What a file says of the configuration, whatever its format: items and relations by what the file calls them. */
import type { PersonId, TeamId } from '../../shared/index.ts';
import type { AttributeValues } from '../class/attribute-value.ts';
import type { Criticality, Redundancy } from '../item/item.ts';
import type { ItemState } from '../item/lifecycle.ts';

export interface ImportedItem {
  /** Where in the file, from 1; null where its format has no lines to speak of. */
  readonly line: number | null;
  /** What the source calls it: the same for the same thing in every file. */
  readonly key: string;
  readonly class: string;
  readonly name: string;
  /** Its source gives no name, so that a new one is called by its key, and what there is keeps its own. */
  readonly isNamedByKey?: boolean;
  /** Left out where the source does not say: a new one is in service, what there is stays as it is. */
  readonly state?: ItemState;
  readonly criticality?: Criticality;
  readonly owner?: PersonId;
  readonly team?: TeamId;
  readonly attributes: AttributeValues;
  /** Of a new one; what there is keeps what people said of it. */
  readonly redundancy?: readonly Redundancy[];
  /** What of its row could not be read, each with why, while the rest of it is taken. */
  readonly without?: readonly string[];
}

export interface RelatedKeys {
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

export interface ImportedRelation extends RelatedKeys {
  readonly line: number | null;
  /** As earlier versions read the same: what the source's imports made of that gives way to this. */
  readonly instead?: readonly RelatedKeys[];
}

/** What of a file could not be read: the rest of it stands. */
export interface RowFault {
  readonly line: number | null;
  /** The key, or as much of the row as says which it is. */
  readonly what: string;
  readonly reason: string;
}

/** Of how many things in a file nothing becomes an item, by what the file calls their kind. */
export interface UnreadKind {
  readonly kind: string;
  readonly count: number;
}

export interface Imported {
  /** Of what kind and which: `netbox`, `compose shop`. Keys are its own. */
  readonly source: string;
  readonly items: readonly ImportedItem[];
  readonly relations: readonly ImportedRelation[];
  readonly faults: readonly RowFault[];
  /** Keys of what it has though it could not be taken: said as faults, and not as missing. */
  readonly untaken?: readonly string[];
  /** What its keys are called, where people chose them: `Serial number`. */
  readonly keysCalled?: string;
  /** The most first; left out where a format knows but one kind of thing. */
  readonly unread?: readonly UnreadKind[];
}
