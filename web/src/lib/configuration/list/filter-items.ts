import { ITEM_STATES, isKindOf, isRetired } from '@muster/domain/configuration';
import type { ConfigurationItem, ItemClasses, ItemState } from '@muster/domain/configuration';

/** Empty stands for all; without a state, what is gone is left out. */
export interface ItemFilter {
  readonly words: string;
  readonly class: string;
  readonly state: ItemState | 'all' | '';
  readonly team: string;
}

export const ALL_ITEMS: ItemFilter = { words: '', class: '', state: '', team: '' };

export function readFilter(query: URLSearchParams): ItemFilter {
  const state = query.get('state') ?? '';
  return {
    words: query.get('words') ?? '',
    class: query.get('class') ?? '',
    state: ['all', ...ITEM_STATES].includes(state) ? (state as ItemFilter['state']) : '',
    team: query.get('team') ?? '',
  };
}

export function writeFilter(filter: ItemFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  return query.size === 0 ? '/configuration' : `/configuration?${query.toString()}`;
}

/** By name. */
export function filterItems(
  items: Iterable<ConfigurationItem>,
  classes: ItemClasses,
  { words, class: itemClass, state, team }: ItemFilter,
): readonly ConfigurationItem[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return [...items]
    .filter(
      (item) =>
        (state === 'all' || (state === '' ? !isRetired(item.state) : item.state === state)) &&
        (itemClass === '' || isKindOf(classes, item.class, itemClass)) &&
        (team === '' || item.team === team) &&
        hasWords(item, wanted),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function hasWords({ name, number, attributes }: ConfigurationItem, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const text = `${name} ${number ?? ''} ${Object.values(attributes).join(' ')}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
