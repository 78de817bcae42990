/** Which item a row is, and what stands against taking it as that one. */
import type { ItemId } from '../../shared/index.ts';
import { isRetired } from '../item/lifecycle.ts';
import { stayingOf } from '../item/staying.ts';
import type { Identities } from './identities.ts';
import type { ImportedItem } from './imported.ts';
import type { Present } from './present.ts';

interface WhichItem {
  readonly id: ItemId;
  /** What the row names by itself: the item, or one that was joined into it. */
  readonly found: ItemId;
  /** Why it cannot be told, until a row of one of these says otherwise of it; null where it can. */
  readonly doubt: { readonly words: string; readonly until: readonly ItemId[] } | null;
}

/** @param taken Rows before it, by what they became */
export function whichItem(
  item: ImportedItem,
  present: Present,
  identities: Identities,
  taken: ReadonlyMap<ItemId, ImportedItem>,
): WhichItem {
  const known = present.known.get(item.key);
  const matches = identities.matchesOf(item);
  const [best] = matches;
  const found = known ?? best?.found ?? present.idOf(item.key);
  const id = stayingOf(found, (each) => present.items.get(each));
  const which = { id, found };
  const standing = present.items.get(id);
  // what is retired holds nothing, so that nothing is taken from others
  if (standing !== undefined && isRetired(standing.state)) return { ...which, doubt: null };
  const called = (each: ItemId): string => calledIn(each, present, taken);
  const isShared = (by: string): boolean => matches.some((each) => each.id === id && each.by === by);
  const other = matches.find(
    (each) => each.holds && each.id !== id && (known === undefined || !isShared(each.by)),
  );
  if (other !== undefined) {
    const by = known === undefined && best !== undefined ? `its "${best.by}"` : 'what its source calls it';
    const words = `it is ${called(id)} by ${by}, and ${called(other.id)} by its "${other.by}"`;
    return { ...which, doubt: { words, until: [id, other.id] } };
  }
  if (known !== undefined || best?.against == null) return { ...which, doubt: null };
  const { name, here, said } = best.against;
  const words = `its "${best.by}" is that of ${called(id)}, whose "${name}" is "${here}" and not "${said}"`;
  return { ...which, doubt: { words, until: [id] } };
}

function calledIn(id: ItemId, { items }: Present, taken: ReadonlyMap<ItemId, ImportedItem>): string {
  const [standing, row] = [items.get(id), taken.get(id)];
  if (standing !== undefined)
    return standing.number === null ? `"${standing.name}"` : `"${standing.name}" (${standing.number})`;
  if (row === undefined) return 'a new item';
  return row.line === null ? `"${row.name || row.key}"` : `line ${row.line}, "${row.name || row.key}"`;
}
