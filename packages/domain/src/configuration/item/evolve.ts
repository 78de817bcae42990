import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { AttributeValue, AttributeValues } from '../class/attribute-value.ts';
import type { AttributeEdit, ItemEdit, ItemEvent } from './acts.ts';
import { NO_CARE } from './item.ts';
import type { ConfigurationItem, ItemCare } from './item.ts';
import { isRetired } from './lifecycle.ts';
import type { ItemState } from './lifecycle.ts';

/** Who did it, and when. */
interface Done {
  readonly actor: PersonId;
  readonly at: Instant;
}

/** The item after an event. Total: an event of a later version only counts. */
export function evolveItem(
  state: ConfigurationItem | null,
  event: ItemEvent,
  done: Done,
  target: RecordId,
): ConfigurationItem {
  const before = state ?? blank(target);
  const after = evolved(before, event, done);
  if (CHANGING.has(event.type)) return { ...after, changedAt: done.at };
  // of one with a longer past that is not known it stays so
  return before.version === 1 && before.changedAt === undefined ? { ...after, changedAt: 0 } : after;
}

/** What makes an item another. Who asked for what, or said that it is right, changes nothing of it. */
const CHANGING: ReadonlySet<string> = new Set<ItemEvent['type']>([
  'edited',
  'stepped',
  'joined',
  'joined-into',
]);

function evolved(before: ConfigurationItem, event: ItemEvent, { actor, at }: Done): ConfigurationItem {
  const next = { ...before, version: before.version + 1, updatedAt: at };
  switch (event.type) {
    case 'made':
      return { ...next, ...event.fields, number: event.number, state: event.state };
    case 'edited':
      return withEdit(next, event.fields);
    case 'stepped':
      return stepped(next, event.to);
    case 'step-suspended':
      return { ...next, suspended: { to: event.to, reason: event.reason, by: event.by ?? actor, at } };
    case 'kept':
      return { ...next, suspended: null };
    case 'confirmed':
      return { ...next, care: { ...careOf(before), confirmedAt: at } };
    case 'told-apart':
      return cared(before, { different: [...careOf(before).different, event.other] });
    case 'joined':
      return withEdit(next, event.took);
    case 'joined-into':
      return { ...next, state: 'retired', suspended: null, sameAs: event.into };
    case 'review-asked':
      return cared(before, { askedAt: at });
    default:
      return later(next, event);
  }
}

/** What is taken back from retirement stands for itself again. */
function stepped({ sameAs, ...item }: ConfigurationItem, to: ItemState): ConfigurationItem {
  const isSame = sameAs !== undefined && isRetired(to);
  return { ...item, state: to, suspended: null, ...(isSame && { sameAs }) };
}

function careOf({ care }: ConfigurationItem): ItemCare {
  return care ?? NO_CARE;
}

/** It says nothing new of the item itself: that was changed when it was changed. */
function cared(before: ConfigurationItem, care: Partial<ItemCare>): ConfigurationItem {
  return { ...before, version: before.version + 1, care: { ...careOf(before), ...care } };
}

/** An item with what is said anew of it. */
export function withEdit(item: ConfigurationItem, { attributes, ...plain }: ItemEdit): ConfigurationItem {
  const edited = { ...item, ...plain };
  return attributes === undefined
    ? edited
    : { ...edited, attributes: withAttributes(item.attributes, attributes) };
}

function withAttributes(standing: AttributeValues, edit: AttributeEdit): AttributeValues {
  return Object.fromEntries(
    Object.entries({ ...standing, ...edit }).filter(
      (entry): entry is [string, AttributeValue] => entry[1] !== null,
    ),
  );
}

function later(item: ConfigurationItem, event: never): ConfigurationItem {
  void event;
  return item;
}

function blank(id: RecordId): ConfigurationItem {
  return {
    ...{ id, version: 0, number: null, class: '', name: '', state: 'planned', owner: null, team: null },
    ...{ criticality: null, attributes: {}, redundancy: [], suspended: null, updatedAt: 0 },
  };
}
