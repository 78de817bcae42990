/** What an import did, row by row; of a trial, what it would do. The server tells it, and its page shows it. */
import type { AttributeValue } from '../class/attribute-value.ts';
import type { RowFault, UnreadKind } from './imported.ts';
import type { FieldChange } from './plan.ts';

export interface ReportRow {
  readonly id: string;
  readonly line: number | null;
  readonly class: string;
  readonly name: string;
}

/** A row that is made, with what it says of itself. */
export interface ReportedMade extends ReportRow {
  readonly said: readonly { readonly field: string; readonly is: AttributeValue }[];
}

export interface ReportedChange extends ReportRow {
  readonly changes: readonly FieldChange[];
}

export interface ReportedRelation {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
}

/** A relation that an earlier import of the source made, and what it gives way to. */
export interface ReportedReplaced extends ReportedRelation {
  readonly by: ReportedRelation;
}

/** An item that was there before the import. */
export interface ReportedItem {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

/** A row that is made although an item of its name and class is there. */
export interface ReportedAlike extends Omit<ReportRow, 'id'> {
  readonly there: ReportedItem;
}

export interface ImportReport {
  /** What items are known by from import to import. */
  readonly source: string;
  readonly dryRun: boolean;
  readonly made: number;
  readonly changed: number;
  /** Items that stand already as the file says. */
  readonly left: number;
  readonly related: number;
  readonly relationsLeft: number;
  /** Relations that the source's earlier imports made of what is read otherwise today: they give way. */
  readonly replaced: number;
  /** Items and relations that were left because it was stopped. */
  readonly notReached: number;
  /** Came from this source before and are not in it any more; they stay as they are. */
  readonly gone: readonly ReportedItem[];
  readonly faults: readonly RowFault[];
  /** Rows that are taken without a part of what they say, and why. */
  readonly partly: readonly RowFault[];
  readonly alike: readonly ReportedAlike[];
  /** Kinds of things in the file of which none becomes an item. */
  readonly unread: readonly UnreadKind[];
  readonly rows: {
    readonly made: readonly ReportedMade[];
    readonly changed: readonly ReportedChange[];
    readonly left: readonly ReportRow[];
    readonly related: readonly ReportedRelation[];
    readonly replaced: readonly ReportedReplaced[];
  };
}
