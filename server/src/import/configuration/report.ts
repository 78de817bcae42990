/** What an import would do or did, row by row, as it is told over HTTP. */
import type {
  AttributeValue,
  Imported,
  ImportPlan,
  PlannedItem,
  RowFault,
  UnreadKind,
} from '@muster/domain/configuration';
import { IMPORTED_STATE, isRetired } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { PresentConfiguration } from './present.ts';

/** Places in the plan of what went through, and what did not. */
export interface Done {
  readonly made: ReadonlySet<number>;
  readonly changed: ReadonlySet<number>;
  readonly related: ReadonlySet<number>;
  readonly faults: readonly RowFault[];
  /** Commands that were not run any more, because it was stopped. */
  readonly notReached: number;
}

export interface ReportRow {
  readonly id: string;
  readonly line: number | null;
  readonly class: string;
  readonly name: string;
}

/** What a row that is made says of itself. */
export interface ReportedMade extends ReportRow {
  readonly said: readonly { readonly field: string; readonly is: AttributeValue }[];
}

export interface ReportedChange extends ReportRow {
  readonly changes: readonly {
    readonly field: string;
    readonly was: AttributeValue | null;
    readonly is: AttributeValue;
  }[];
}

export interface ReportedRelation {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly fromName: string;
  readonly toName: string;
}

export interface ImportReport {
  readonly source: string;
  readonly dryRun: boolean;
  readonly made: number;
  readonly changed: number;
  readonly left: number;
  readonly related: number;
  readonly relationsLeft: number;
  readonly notReached: number;
  readonly gone: readonly { readonly id: string; readonly number: string; readonly name: string }[];
  readonly faults: readonly RowFault[];
  /** Kinds of things in the file of which none becomes an item. */
  readonly unread: readonly UnreadKind[];
  readonly rows: {
    readonly made: readonly ReportedMade[];
    readonly changed: readonly ReportedChange[];
    readonly left: readonly ReportRow[];
    readonly related: readonly ReportedRelation[];
  };
}

export function reportOf(
  { source, unread = [] }: Pick<Imported, 'source' | 'unread'>,
  plan: ImportPlan,
  present: PresentConfiguration,
  done: Done | null,
): ImportReport {
  const went = <Row>(rows: readonly Row[], places: ReadonlySet<number> | undefined): readonly Row[] =>
    places === undefined ? rows : rows.filter((_, place) => places.has(place));
  const rows = {
    made: went(plan.made, done?.made).map((each) => ({ ...rowOf(each), said: saidBy(each) })),
    changed: went(plan.changed, done?.changed).map((each) => ({ ...rowOf(each), changes: each.changes })),
    left: plan.left.map(rowOf),
  };
  const names = new Map<string, string>(plan.made.map(({ id, from }) => [id, from.name]));
  const nameOf = (id: string): string => names.get(id) ?? present.items.get(recordId(id))?.name ?? id;
  const related = went(plan.related, done?.related).map((each) => ({
    ...each,
    ...{ fromName: nameOf(each.from), toName: nameOf(each.to) },
  }));
  return {
    ...{ source, dryRun: done === null, relationsLeft: plan.relationsLeft },
    ...{ made: rows.made.length, changed: rows.changed.length, left: rows.left.length },
    ...{ related: related.length, notReached: done?.notReached ?? 0 },
    gone: plan.gone.flatMap((id) => {
      const item = present.items.get(id);
      return item === undefined || isRetired(item.state)
        ? []
        : [{ id, number: item.number ?? '', name: item.name }];
    }),
    faults: [...plan.faults, ...(done?.faults ?? [])],
    unread,
    rows: { ...rows, related },
  };
}

function rowOf({ id, from: { line, class: itemClass, name } }: PlannedItem): ReportRow {
  return { id, line, class: itemClass, name };
}

function saidBy({ from: { state, criticality, attributes } }: PlannedItem): ReportedMade['said'] {
  const fields = Object.entries<AttributeValue | undefined>({
    state: state ?? IMPORTED_STATE,
    criticality,
    ...attributes,
  });
  return fields.flatMap(([field, is]) => (is === undefined || is === '' ? [] : [{ field, is }]));
}
