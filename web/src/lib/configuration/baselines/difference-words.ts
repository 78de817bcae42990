import type { PartDifference } from '@muster/domain/configuration';
import { ITEM_STATES } from '@muster/domain/configuration';
import type { ConfigurationNames } from '#lib/wording/configuration-refusals.ts';
import { itemStateWords } from '#lib/wording/configuration.ts';
import type { Differences } from './baselines-api.ts';

export interface DifferenceNames extends ConfigurationNames {
  person(id: string): string;
  team(id: string): string;
}

const PARTS = {
  ...{ class: 'Class', name: 'Name', state: 'State', owner: 'Owner', team: 'Team' },
  ...{ criticality: 'Criticality', sameAs: 'Joined into' },
} as const;

/** What differs, and from what to what. */
export function partWords(
  { part, of = '', from, to }: PartDifference,
  names: DifferenceNames,
): { readonly what: string; readonly how: string } {
  const what =
    part === 'attribute'
      ? names.attribute(of)
      : part === 'redundancy'
        ? `Must stand by “${names.relation(of)}”`
        : PARTS[part];
  const shown = (value: PartDifference['from']) =>
    value === null ? 'nothing' : valueWords(part, value, names);
  return { what, how: `from ${shown(from)} to ${shown(to)}` };
}

function valueWords(
  part: PartDifference['part'],
  value: string | number | boolean,
  names: DifferenceNames,
): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  const naming: Partial<Record<PartDifference['part'], (id: string) => string>> = {
    ...{ class: names.class, owner: names.person, team: names.team, sameAs: (id) => names.item(id) },
    state: (said) => {
      const known = ITEM_STATES.find((state) => state === said);
      return known === undefined ? said : itemStateWords(known);
    },
  };
  return `“${naming[part]?.(text) ?? text}”`;
}

/** How much there is of each kind, in words. */
export function countWords({ added, gone, changed, related, unrelated }: Differences['counts']): string {
  const told = [
    [added, 'added'],
    [gone, 'gone'],
    [changed, 'changed'],
  ] as const;
  const items = told.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const relations = [
    ...(related > 0 ? [`${related} added`] : []),
    ...(unrelated > 0 ? [`${unrelated} removed`] : []),
  ];
  const parts = [
    ...(items.length > 0 ? [`Items: ${items.join(', ')}`] : []),
    ...(relations.length > 0 ? [`Relations: ${relations.join(', ')}`] : []),
  ];
  return parts.length === 0 ? 'Nothing differs.' : `${parts.join('. ')}.`;
}
