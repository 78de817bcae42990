import type { ConfigurationItem } from '@muster/domain/configuration';
import type { ItemId, Service } from '@muster/domain/shared';

/** Items and services with all of the words in name, number, class or attributes; those that begin with the first one first. */
export function findItems(
  { items, services }: { readonly items: Iterable<ConfigurationItem>; readonly services: Iterable<Service> },
  words: string,
  most: number,
): readonly ItemId[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found: { readonly id: ItemId; readonly name: string; readonly rank: number }[] = [];
  const consider = (id: ItemId, name: string, about: string): void => {
    const lower = name.toLowerCase();
    const text = `${lower} ${about.toLowerCase()}`;
    if (!wanted.every((word) => text.includes(word))) return;
    const first = wanted[0] ?? '';
    found.push({ id, name, rank: lower.startsWith(first) ? 0 : lower.includes(first) ? 1 : 2 });
  };
  for (const { id, name } of services) consider(id, name, 'service');
  for (const { id, name, number, class: itemClass, attributes } of items)
    consider(id, name, `${number ?? ''} ${itemClass} ${Object.values(attributes).join(' ')}`);
  return found
    .toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ id }) => id);
}
