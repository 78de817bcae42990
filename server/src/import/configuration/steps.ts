/**
 * What an import does, command by command, in whole pieces: an item with the relations that it completes. Wherever an
 * import ends, the relations among the items that it reached are there.
 */
import { IMPORTED_STATE } from '@muster/domain/configuration';
import type {
  ImportPlan,
  PlannedChange,
  PlannedItem,
  PlannedRelation,
  ReplacedRelation,
} from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import { nameOf, relationIdOf } from './present.ts';
import type { PresentConfiguration } from './present.ts';

export interface Step {
  readonly kind: 'made' | 'changed' | 'related' | 'replaced';
  /** Place among those of its kind in the plan. */
  readonly place: number;
  readonly type: string;
  readonly target: string;
  readonly args: object;
  readonly basis: number;
  readonly line: number | null;
  readonly what: string;
  /** What the source calls the item; null for a relation. */
  readonly key: string | null;
}

/** In the order in which they are done; the pieces one after another. */
export function piecesOf(
  source: string,
  plan: ImportPlan,
  present: PresentConfiguration,
): readonly (readonly Step[])[] {
  const pieces: Step[][] = [
    // what a change gives up that identified its item, a new one may have
    ...plan.changed.map((planned, place) => [changeOf(planned, place, present)]),
    ...plan.made.map((planned, place) => [makingOf(planned, place)]),
  ];
  const pieceOf = new Map<string, number>();
  [...plan.changed, ...plan.made].forEach(({ id }, place) => pieceOf.set(id, place));
  const names = new Map<string, string>(plan.made.map(({ id, from }) => [id, from.name]));
  const alone: Step[][] = [];
  const givesWay = new Map<string, Step[]>();
  const versions = new Map(present.relations.map(({ id, version }) => [id as string, version]));
  plan.replaced.forEach((each, place) => {
    const step = removalOf(each, place, versions.get(each.was.id) ?? 0, { present, names });
    const before = givesWay.get(nameOf(each.by));
    if (before === undefined) givesWay.set(nameOf(each.by), [step]);
    else before.push(step);
  });
  plan.related.forEach((relation, place) => {
    // first what it takes the place of, which may stand against it
    const steps = [
      ...(givesWay.get(nameOf(relation)) ?? []),
      relatingOf(source, relation, place, { present, names }),
    ];
    givesWay.delete(nameOf(relation));
    const last = Math.max(pieceOf.get(relation.from) ?? -1, pieceOf.get(relation.to) ?? -1);
    if (last === -1) alone.push(steps);
    else pieces[last]?.push(...steps);
  });
  alone.push(...givesWay.values());
  return [...pieces, ...alone];
}

function makingOf({ id, from }: PlannedItem, place: number): Step {
  return {
    ...{ kind: 'made', place, type: 'item.create', target: id, basis: 0 },
    args: { fields: { class: from.class, ...saidBy(from) }, state: from.state ?? IMPORTED_STATE },
    ...{ line: from.line, what: from.name, key: from.key },
  };
}

/** Says what was planned and nothing else: a trial shows all that an import does. */
function changeOf({ id, from, edit }: PlannedChange, place: number, { items }: PresentConfiguration): Step {
  return {
    ...{ kind: 'changed', place, type: 'item.edit', target: id },
    basis: items.get(id)?.version ?? 0,
    args: { fields: edit },
    ...{ line: from.line, what: from.name, key: from.key },
  };
}

function saidBy(from: PlannedItem['from']): object {
  const { name, criticality, owner, team, attributes, redundancy } = from;
  const said = Object.entries(attributes).filter(
    ([, value]) => typeof value !== 'string' || value.trim() !== '',
  );
  return {
    ...{ name, attributes: Object.fromEntries(said) },
    ...(criticality === undefined ? {} : { criticality }),
    ...(owner === undefined ? {} : { owner }),
    ...(team === undefined ? {} : { team }),
    ...(redundancy === undefined ? {} : { redundancy }),
  };
}

interface Named {
  readonly present: PresentConfiguration;
  /** Of items that are made. */
  readonly names: ReadonlyMap<string, string>;
}

function relatingOf(
  source: string,
  relation: PlannedRelation,
  place: number,
  { present, names }: Named,
): Step {
  const { type, from, to } = relation;
  const target = relationIdOf(source, relation, present.relatedBefore(relation));
  return {
    ...{ kind: 'related', place, type: 'relation.add', target, basis: 0 },
    args: { type, from, to },
    ...{ line: null, key: null, what: relationWords(relation, { present, names }) },
  };
}

function removalOf({ was }: ReplacedRelation, place: number, basis: number, named: Named): Step {
  return {
    ...{ kind: 'replaced', place, type: 'relation.remove', target: was.id, basis, args: {} },
    ...{ line: null, key: null, what: relationWords(was, named) },
  };
}

function relationWords({ type, from, to }: PlannedRelation, { present, names }: Named): string {
  const nameOfEnd = (id: string): string => names.get(id) ?? present.items.get(recordId(id))?.name ?? id;
  const words = present.types.get(type)?.name.toLowerCase() ?? type;
  return `${nameOfEnd(from)} ${words} ${nameOfEnd(to)}`;
}
