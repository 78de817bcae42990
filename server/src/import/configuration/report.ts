/** What an import would do or did, row by row, as it is told over HTTP. */
import type {
  AttributeValue,
  ConfigurationItem,
  Imported,
  ImportPlan,
  ImportReport,
  PlannedItem,
  PlannedRelation,
  ReportRow,
  ReportedItem,
  ReportedMade,
  ReportedRelation,
  RowFault,
} from '@muster/domain/configuration';
import { IMPORTED_STATE, isRetired } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { PresentConfiguration } from './present.ts';

/** Places in the plan of what went through, and what did not. */
export interface Done {
  readonly made: ReadonlySet<number>;
  readonly changed: ReadonlySet<number>;
  readonly related: ReadonlySet<number>;
  readonly replaced: ReadonlySet<number>;
  readonly faults: readonly RowFault[];
  /** Commands that were not run any more, because it was stopped. */
  readonly notReached: number;
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
    made: went(plan.made, done?.made).map((each) => ({ ...rowOf(each), said: saidBy(each, present) })),
    changed: went(plan.changed, done?.changed).map((each) => ({ ...rowOf(each), changes: each.changes })),
    left: plan.left.map(rowOf),
  };
  const names = new Map<string, string>(plan.made.map(({ id, from }) => [id, from.name]));
  const nameOf = (id: string): string => names.get(id) ?? present.items.get(recordId(id))?.name ?? id;
  const ends = ({ type, from, to }: PlannedRelation): ReportedRelation => ({
    ...{ type, from, to, fromName: nameOf(from), toName: nameOf(to) },
  });
  const related = went(plan.related, done?.related).map(ends);
  const replaced = went(plan.replaced, done?.replaced).map(({ was, by }) => ({ ...ends(was), by: ends(by) }));
  return {
    ...{ source, dryRun: done === null, relationsLeft: plan.relationsLeft },
    ...{ made: rows.made.length, changed: rows.changed.length, left: rows.left.length },
    ...{ related: related.length, replaced: replaced.length, notReached: done?.notReached ?? 0 },
    gone: plan.gone.flatMap((id) => {
      const item = present.items.get(id);
      return item === undefined || isRetired(item.state) ? [] : [shown(item)];
    }),
    faults: [...plan.faults, ...(done?.faults ?? [])],
    // what was refused at last was not taken
    partly: plan.partly.filter(
      ({ line }) => line === null || done?.faults.some((fault) => fault.line === line) !== true,
    ),
    alike: plan.alike.flatMap(({ place, there }) => {
      const [made, item] = [plan.made[place], present.items.get(there)];
      if (made === undefined || item === undefined || done?.made.has(place) === false) return [];
      const { line, class: itemClass, name } = made.from;
      return [{ line, class: itemClass, name, there: shown(item) }];
    }),
    unread,
    rows: { ...rows, related, replaced },
  };
}

function rowOf({ id, from: { line, class: itemClass, name } }: PlannedItem): ReportRow {
  return { id, line, class: itemClass, name };
}

function shown({ id, number, name }: ConfigurationItem): ReportedItem {
  return { id, number: number ?? '', name };
}

function saidBy(
  { from: { state, criticality, owner, team, attributes, redundancy = [] } }: PlannedItem,
  { types }: PresentConfiguration,
): ReportedMade['said'] {
  const needed = redundancy.map(({ relation, by, minimum }) => {
    const words = types.get(relation)?.name.toLowerCase() ?? relation;
    return `${words}: ${minimum}${by === 'percent' ? '%' : ''} must stand`;
  });
  const fields = Object.entries<AttributeValue | undefined>({
    state: state ?? IMPORTED_STATE,
    ...{ criticality, owner, team },
    ...(needed.length > 0 && { Redundancy: needed.join(', ') }),
    ...attributes,
  });
  return fields.flatMap(([field, is]) => (is === undefined || is === '' ? [] : [{ field, is }]));
}
