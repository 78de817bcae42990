/** A map for tests of what shows it, with names: drawn by hand in one line a relation. */
import { DEFAULT_CLASSES, DEFAULT_RELATION_TYPES, DependencyMap } from '@muster/domain/configuration';
import type { MappedItem, Relation } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { id, item } from '@muster/domain/testing/maps';
import type { MapNames, OpenWork } from '../map/face.ts';
import { looksOf } from '../map/look.ts';
import type { LookQuestion } from '../map/look.ts';
import { WHOLE_MAP } from '../map/map-filter.ts';
import { shownOf } from '../map/shown.ts';
import type { MapQuestion, ShownMap } from '../map/shown.ts';

export const RULES = { classes: DEFAULT_CLASSES, types: DEFAULT_RELATION_TYPES };

const NO_WORK: OpenWork = { incidents: 0, changes: 0 };

/** `aMap('web runs_on db', …)`; what is not among `items` is an application in service. */
export function aMap(lines: readonly string[], items: readonly MappedItem[] = []): DependencyMap {
  const relations = lines.map((line): Relation => {
    const [from = '', type = '', to = ''] = line.split(' ');
    return { id: line, type, from: id(from), to: id(to) };
  });
  const given = new Set(items.map((each) => each.id));
  const named = new Set(relations.flatMap(({ from, to }) => [from, to]));
  const others = [...named].filter((each) => !given.has(each)).map((each) => item(each));
  return new DependencyMap(DEFAULT_RELATION_TYPES, [...items, ...others], relations);
}

export function namesOf(work: ReadonlyMap<ItemId, OpenWork> = new Map()): MapNames {
  return { ...RULES, item: (each) => each, work: (each) => work.get(each) ?? NO_WORK };
}

export function ask(centre: string, question: Partial<MapQuestion> = {}): MapQuestion {
  return {
    ...{ centre: id(centre), levels: { hanging: 3, carrying: 3 }, expanded: [], unfolded: new Set() },
    ...{ filter: WHOLE_MAP, apart: new Set(), most: 100 },
    ...question,
  };
}

export function show(
  map: DependencyMap,
  question: MapQuestion,
  look: Partial<LookQuestion> = {},
  rules = RULES,
): ShownMap {
  const { centre } = question;
  const looks = looksOf(map, { centre, down: new Set(), overrides: new Map(), ...look });
  return shownOf(map, rules, question, looks);
}
