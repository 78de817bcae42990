/** What is expected of items of each class, and after how long somebody is to look at them again: data, set whole. */
import type { ItemClasses } from '../class/item-class.ts';
import { attributesOf, lineOf } from '../class/item-class.ts';

export const EXPECTATIONS = ['owner', 'team', 'location', 'relation'] as const;

/** What items are expected to have beside attributes. */
export type Expectation = (typeof EXPECTATIONS)[number];

/** What is said for a class holds for its kinds, unless one of them says otherwise. */
export interface ClassHealth {
  /** Without a change or a confirmation for so many days, an item is stale; null for never. */
  readonly staleDays?: number | null;
  /** Attributes that need not be said, and should. */
  readonly recommended?: readonly string[];
  readonly expects?: readonly Expectation[];
}

export interface HealthRules {
  /** For every class that says nothing else. */
  readonly staleDays: number | null;
  /** After so many days an owner is asked again. */
  readonly againDays: number;
  readonly classes: Readonly<Record<string, ClassHealth>>;
}

export const MOST_DAYS = 3_650;

export const DEFAULT_HEALTH: HealthRules = {
  staleDays: 180,
  againDays: 30,
  classes: {
    item: { expects: ['owner', 'team', 'relation'] },
    device: { expects: ['owner', 'team', 'relation', 'location'], recommended: ['vendor', 'model'] },
    workplace: { expects: ['owner', 'team'] },
    location: { expects: ['relation'], staleDays: null },
    group: { expects: ['owner', 'relation'] },
    contact: { expects: ['relation'], recommended: ['email'] },
    patch: { expects: ['relation'], staleDays: null },
    network: { recommended: ['prefix'] },
    licence: { expects: ['owner', 'team'], recommended: ['valid_until'] },
    document: { expects: ['owner'], recommended: ['link'] },
  },
};

export interface Expected {
  readonly staleDays: number | null;
  /** Required, identifying and recommended attributes, each once. */
  readonly attributes: readonly string[];
  readonly expects: readonly Expectation[];
}

/** What is expected of an item of a class. What identifies items is always worth saying. */
export function expectedOf(rules: HealthRules, classes: ItemClasses, itemClass: string): Expected {
  const line = lineOf(classes, itemClass).flatMap(({ id }) => rules.classes[id] ?? []);
  const known = attributesOf(classes, itemClass);
  const recommended = new Set(line.flatMap((each) => each.recommended ?? []));
  const days = line.find(({ staleDays }) => staleDays !== undefined)?.staleDays;
  return {
    staleDays: days === undefined ? rules.staleDays : days,
    attributes: known
      .filter(({ id, required, identifies }) => required || identifies || recommended.has(id))
      .map(({ id }) => id),
    expects: line.find(({ expects }) => expects !== undefined)?.expects ?? ['owner', 'team', 'relation'],
  };
}

/** What is said for classes that there are. */
export function ofClasses(rules: HealthRules, classes: ItemClasses): HealthRules {
  const known = Object.entries(rules.classes).filter(([id]) => classes.has(id));
  return { ...rules, classes: Object.fromEntries(known) };
}

/** What is wrong with rules as they are given: the name of what does not fit. */
export function faultOfHealthRules(rules: HealthRules, classes: ItemClasses): string | null {
  const isFit = (days: number | null) =>
    days === null || (Number.isSafeInteger(days) && days >= 1 && days <= MOST_DAYS);
  if (!isFit(rules.staleDays)) return 'staleDays';
  if (!isFit(rules.againDays)) return 'againDays';
  for (const [id, each] of Object.entries(rules.classes))
    if (!classes.has(id) || !isFit(each.staleDays ?? null)) return id;
  return null;
}
