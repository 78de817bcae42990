/** Edits of classes and types of relations, as their editor makes them. Nothing is set by it. */
import { lineOf } from '@muster/domain/configuration';
import type {
  AttributeDefinition,
  ConfigurationRules,
  ItemClass,
  ItemClasses,
  RelationType,
} from '@muster/domain/configuration';

/** What is edited: set whole, together. */
export type RulesParts = Pick<ConfigurationRules, 'classes' | 'types'>;

export function withClass(parts: RulesParts, id: string, patch: Partial<ItemClass>): RulesParts {
  return { ...parts, classes: parts.classes.map((each) => (each.id === id ? { ...each, ...patch } : each)) };
}

export function withType(parts: RulesParts, id: string, patch: Partial<RelationType>): RulesParts {
  return { ...parts, types: parts.types.map((each) => (each.id === id ? { ...each, ...patch } : each)) };
}

export function withAttribute(
  parts: RulesParts,
  id: string,
  attribute: string,
  patch: Partial<AttributeDefinition>,
): RulesParts {
  const found = parts.classes.find((each) => each.id === id);
  const attributes = (found?.attributes ?? []).map((each) =>
    each.id === attribute ? { ...each, ...patch } : each,
  );
  return withClass(parts, id, { attributes });
}

export interface Added {
  readonly parts: RulesParts;
  readonly id: string;
}

export function addClass(parts: RulesParts, name: string, parent: string | null): Added {
  const id = idFrom(
    name,
    parts.classes.map((each) => each.id),
    'class',
  );
  const made = { id, name: name.trim(), parent, abstract: false, attributes: [] };
  return { id, parts: { ...parts, classes: [...parts.classes, made] } };
}

/** With the pairs of classes by which items of it are related. Its kinds and its items stay, and are named. */
export function removeClass(parts: RulesParts, id: string): RulesParts {
  return {
    classes: parts.classes.filter((each) => each.id !== id),
    types: parts.types.map((type) =>
      type.allowed.some(({ from, to }) => from === id || to === id)
        ? { ...type, allowed: type.allowed.filter(({ from, to }) => from !== id && to !== id) }
        : type,
    ),
  };
}

export function addAttribute(parts: RulesParts, id: string, name: string): RulesParts {
  // unique everywhere, so that a class may become a kind of another one
  const taken = parts.classes.flatMap(({ attributes }) => attributes.map((each) => each.id));
  const made: AttributeDefinition = {
    ...{ id: idFrom(name, taken, 'attribute'), name: name.trim(), kind: 'text', required: false },
    ...{ choices: [], identifies: false },
  };
  const own = parts.classes.find((each) => each.id === id)?.attributes ?? [];
  return withClass(parts, id, { attributes: [...own, made] });
}

export function addType(parts: RulesParts, name: string, inverse: string): Added {
  const id = idFrom(
    name,
    parts.types.map((each) => each.id),
    'relation',
  );
  const made: RelationType = {
    ...{ id, name: name.trim(), inverse: inverse.trim(), spread: 'none', allowed: [], circles: false },
  };
  return { id, parts: { ...parts, types: [...parts.types, made] } };
}

/** `Power supply (W)` → `power_supply_w`, and another number behind it when that is taken. */
function idFrom(name: string, taken: readonly string[], otherwise: string): string {
  const stem =
    name
      .trim()
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 48) || otherwise;
  const isFree = (id: string): boolean => !taken.includes(id) && !(id in Object.prototype);
  if (isFree(stem)) return stem;
  let number = 2;
  while (!isFree(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export interface TreeRow {
  readonly class: ItemClass;
  /** From 0. */
  readonly depth: number;
}

/** Each class below what it is a kind of, by name; what hangs in a circle or on nothing stands at the end. */
export function treeOf(classes: readonly ItemClass[]): readonly TreeRow[] {
  const kindsOf = Map.groupBy(classes, ({ parent }) => parent);
  const rows: TreeRow[] = [];
  const shown = new Set<string>();
  const show = (each: ItemClass, depth: number): void => {
    if (shown.has(each.id)) return;
    shown.add(each.id);
    rows.push({ class: each, depth });
    for (const kind of byName(kindsOf.get(each.id) ?? [])) show(kind, depth + 1);
  };
  for (const top of byName(kindsOf.get(null) ?? [])) show(top, 0);
  for (const lost of byName(classes)) show(lost, 0);
  return rows;
}

/** What a class may become a kind of: all but itself and its own kinds. */
export function parentsFor(classes: ItemClasses, id: string): readonly ItemClass[] {
  return byName(
    [...classes.values()].filter((each) => !lineOf(classes, each.id).some((above) => above.id === id)),
  );
}

function byName(classes: readonly ItemClass[]): readonly ItemClass[] {
  return classes.toSorted((a, b) => a.name.localeCompare(b.name));
}
