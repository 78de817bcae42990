import type { ItemStanding, Verdict } from '../decider.ts';
import type { RecordId } from '../ids.ts';
import type { TicketProcess } from '../process.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { apply, no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { ended } from './openness.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import type { Ticket } from './ticket.ts';

/** How many configuration items one ticket is about at most. */
export const MAX_TICKET_ITEMS = 50;

type NameItems = Extract<TicketAct, { verb: 'name-items' }>;
type ItemsNamed = Extract<TicketEvent, { type: 'items-named' }>;
type Standing = ((item: RecordId) => ItemStanding | null) | undefined;

/**
 * Says what configuration items a ticket is about. A set: what either of two people adds stays, what either takes
 * away goes. What is retired or not there is not added; what went since stays named until somebody takes it away.
 */
export function decideNameItems(kase: TicketCase, { add, remove }: NameItems): TicketAnswer {
  const { ticket, context } = kase;
  const closed = ended(kase);
  if (closed !== null) return closed;
  const added = newOf(add, ticket.items);
  const removed = [...new Set(remove)].filter((item) => ticket.items.includes(item) && !add.includes(item));
  if (added.length + removed.length === 0) return no(kase, 'nothing-to-change', { field: 'items' });
  const fault = faultOfItems(ticket, added, removed.length, context.itemStanding);
  if (fault !== null) return { ok: false, refusal: fault };
  return apply([{ type: 'items-named', added, removed }]);
}

/** What stands against naming items on a ticket, also on one that is being made. */
export function faultOfItems(
  { process, items }: { readonly process: TicketProcess; readonly items: readonly RecordId[] },
  added: readonly RecordId[],
  removed: number,
  standing: Standing,
): TicketRefusal | null {
  if (items.length + added.length - removed > MAX_TICKET_ITEMS)
    return ticketRefusal(process, 'invalid-value', { field: 'items', value: items.length + added.length });
  if (standing === undefined) return null;
  for (const item of added) {
    const stands = standing(item);
    if (stands === null) return ticketRefusal(process, 'unknown-item', { item });
    if (stands === 'retired') return ticketRefusal(process, 'item-retired', { item });
  }
  return null;
}

/** What an act takes to arrive whose author still looks on, in ms; what came later was kept on a device. */
const AT_ONCE_MS = 60_000;

export interface NewItems {
  readonly named: readonly RecordId[];
  readonly leftOut?: NonNullable<Verdict<TicketEvent>['leftOut']>;
}

/**
 * What a new ticket names. One that was kept on a device is not lost for an item that cannot be named any more: it is
 * made without, and its author is told; whoever still looks on is refused, and takes it away themselves.
 */
export function itemsOfNew(
  process: TicketProcess,
  asked: readonly RecordId[],
  { itemStanding, now, clientAt }: Pick<TicketCase['context'], 'itemStanding' | 'now' | 'clientAt'>,
): Result<NewItems, TicketRefusal> {
  const items = newOf(asked);
  const fault = faultOfItems({ process, items: [] }, items, 0, itemStanding);
  if (fault === null) return ok({ named: items });
  if (now - clientAt <= AT_ONCE_MS || items.length > MAX_TICKET_ITEMS) return refuse(fault);
  const named = items.filter((item) => itemStanding?.(item) === 'live');
  const add = items.filter((item) => !named.includes(item));
  return ok({
    named,
    leftOut: { act: { verb: 'name-items', add, remove: [] } as NameItems, refusal: fault },
  });
}

/** The items whose standing a decision about the act looks at. */
export function itemsNamedBy(act: TicketAct): readonly RecordId[] {
  if (act.verb === 'create') return act.items ?? [];
  return act.verb === 'name-items' ? act.add : [];
}

/** Those that are not there yet, each once. */
export function newOf(items: readonly RecordId[], there: readonly RecordId[] = []): readonly RecordId[] {
  return [...new Set(items)].filter((item) => !there.includes(item));
}

export function itemsAfter(
  items: Ticket['items'],
  { added, removed }: Pick<ItemsNamed, 'added' | 'removed'>,
): Ticket['items'] {
  return [...items.filter((item) => !removed.includes(item)), ...newOf(added, items)];
}
