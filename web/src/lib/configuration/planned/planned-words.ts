/** Planned values in words: what each is of, what it says, and why one was kept. */
import { ATTRIBUTE_PREFIX, REDUNDANCY_PREFIX, redundancyWord } from '@muster/domain/change';
import type { PlannedValue, PlannedWord, ValueOutcome } from '@muster/domain/change';
import type { ItemState } from '@muster/domain/configuration';
import type { ItemId, RefusalContent } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { configurationRefusalWords } from '#lib/wording/configuration-refusals.ts';
import type { ConfigurationNames } from '#lib/wording/configuration-refusals.ts';
import { itemStateWords } from '#lib/wording/configuration.ts';
import { sentence } from '#lib/wording/say.ts';
import type { Say } from '#lib/wording/say.ts';

const FIELDS: Readonly<Record<string, string>> = {
  ...{ name: 'Name', owner: 'Owner', team: 'Team', criticality: 'Criticality' },
};

/** What a value is of: a field, an attribute, the state, or how two items are related. */
export function labelOf(value: PlannedValue, names: ConfigurationNames): string {
  switch (value.kind) {
    case 'field': {
      const { field } = value;
      if (field.startsWith(ATTRIBUTE_PREFIX)) return names.attribute(field.slice(ATTRIBUTE_PREFIX.length));
      if (field.startsWith(REDUNDANCY_PREFIX))
        return `${names.relation(field.slice(REDUNDANCY_PREFIX.length))}: at least`;
      return FIELDS[field] ?? field;
    }
    case 'step':
      return 'State';
    case 'relate':
    case 'unrelate':
      return `${names.relation(value.type)} ${names.item(value.to)}`;
  }
}

/** One value of a field or a state as it is read. */
export function wordOf(value: PlannedValue, word: PlannedWord, say: Say): string {
  if (value.kind === 'step') return itemStateWords(word as ItemState);
  if (value.kind === 'field' && value.field === 'owner') return sentence(say.person(word));
  if (value.kind === 'field' && value.field === 'team') return sentence(say.team(word));
  if (word === null) return 'Nothing';
  return typeof word === 'boolean' ? (word ? 'Yes' : 'No') : String(word);
}

/** What the item says now, or the one that it was joined into; undefined for relations, and for what is not here. */
export function standsNow(value: PlannedValue, live: LiveConfiguration): PlannedWord | undefined {
  if (value.kind !== 'field' && value.kind !== 'step') return undefined;
  const item = live.itemOf(value.kind === 'step' ? value.item : live.map.stayingOf(value.item));
  if (item === undefined) return undefined;
  if (value.kind === 'step') return item.state;
  const { field } = value;
  if (field.startsWith(ATTRIBUTE_PREFIX))
    return item.attributes[field.slice(ATTRIBUTE_PREFIX.length)] ?? null;
  if (field.startsWith(REDUNDANCY_PREFIX)) {
    const rule = item.redundancy.find(({ relation }) => relation === field.slice(REDUNDANCY_PREFIX.length));
    return rule === undefined ? null : redundancyWord(rule);
  }
  return item[field as 'name' | 'owner' | 'team' | 'criticality'];
}

/** What became of a value. */
export function fateWords(
  value: PlannedValue,
  { fate, why }: ValueOutcome,
  say: Say,
  names: ConfigurationNames,
): string {
  switch (fate) {
    case 'applied':
      return 'Applied';
    case 'same':
      return 'It was so already';
    case 'waits':
      return 'Waits: open incidents name the item, so its owner decides';
    case 'kept':
      return `Not applied: ${why === null ? 'the item was kept as it is' : whyWords(value, why, say, names)}`;
  }
}

function whyWords(value: PlannedValue, why: RefusalContent, say: Say, names: ConfigurationNames): string {
  switch (why.code) {
    case 'planned/changed':
      return `it was changed meanwhile, and stays ${wordOf(value, (why['is'] ?? null) as PlannedWord, say)}`;
    case 'planned/retired':
      return `${names.item(String(why['id']))} is retired`;
    case 'planned/joined':
      return joinedWords(value, why, say, names);
    case 'planned/gone':
      return 'the item is not there any more';
    default: {
      const words = configurationRefusalWords(why, say, names);
      return words.charAt(0).toLowerCase() + words.slice(1);
    }
  }
}

/** Who reads why it is not so sees what the item says that stays, where that is told. */
function joinedWords(
  value: PlannedValue,
  { id, into, is }: RefusalContent,
  say: Say,
  names: ConfigurationNames,
): string {
  const joined = `${names.item(String(id))} was joined into ${names.item(String(into))}`;
  return is === undefined ? joined : `${joined}, which says ${wordOf(value, is as PlannedWord, say)}`;
}

/** By the item that each is of; a relation stands with its first end. */
export function byItem(values: readonly PlannedValue[]): ReadonlyMap<ItemId, readonly PlannedValue[]> {
  return Map.groupBy(values, (value) => ('item' in value ? value.item : value.from));
}

export function outcomesByKey(outcomes: readonly ValueOutcome[]): ReadonlyMap<string, ValueOutcome> {
  return new Map(outcomes.map((outcome) => [outcome.key, outcome]));
}
