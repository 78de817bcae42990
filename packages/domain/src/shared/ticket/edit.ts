import type { DecisionContext, Tell } from '../decider.ts';
import { priorityOf } from '../priority.ts';
import type { Priority } from '../priority.ts';
import { apply, lastUnseen, no, supersede, tellReplaced } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { cleanFields, sameValue } from './fields.ts';
import { ended } from './openness.ts';
import { unseenRaise } from './priority.ts';
import { seenField } from './seen.ts';
import type { Ticket, TicketFields } from './ticket.ts';

type FieldName = keyof TicketFields;

/**
 * Sets fields. Edits of different fields merge; of the same field the last in server order stands and its earlier
 * author is told. A lowering of the priority that did not know of a raise waits for its author to confirm it.
 */
export function decideEdit(kase: TicketCase, act: Extract<TicketAct, { verb: 'edit' }>): TicketAnswer {
  const { ticket, context } = kase;
  const closed = ended(kase);
  if (closed !== null) return closed;
  const cleaned = cleanFields(ticket.process, act.fields, context.directory);
  if (!cleaned.ok) return cleaned;

  const fields = changedFields(kase, cleaned.value);
  const names = Object.keys(fields) as FieldName[];
  if (names.length === 0) return alreadySo(kase, cleaned.value);

  const priority = priorityAfter(ticket, fields, context);
  const raise = priority !== null && priority > ticket.priority ? unseenRaise(kase) : undefined;
  if (raise !== undefined) return supersede(kase, raise, 'priority-raised');

  const before = Object.fromEntries(names.map((name) => [name, ticket[name]]));
  const event: TicketEvent = {
    type: 'edited',
    fields,
    before: priority === null ? before : { ...before, priority: ticket.priority },
    priority,
    matrixVersion: priority === null ? null : context.directory.matrix.version,
  };
  return apply(
    [event],
    names.flatMap((name) => tellFieldReplaced(kase, name, fields[name])),
  );
}

/** What the act changes: a field left as its author saw it is not meant, even if it has changed since. */
function changedFields(kase: TicketCase, asked: Partial<TicketFields>): Partial<TicketFields> {
  const changed = (Object.keys(asked) as FieldName[]).flatMap((name) => {
    const seen = seenField(kase, name);
    const present = kase.ticket[name];
    if (sameValue(asked[name], seen)) return [];
    const value = name === 'tags' ? mergeTags(seen, asked.tags, kase.ticket.tags) : asked[name];
    return sameValue(value, present) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

/** Tags are a set: what both sides added stays, what either took away goes. */
function mergeTags(
  seen: unknown,
  asked: readonly string[] | undefined,
  present: readonly string[],
): readonly string[] {
  const known = Array.isArray(seen) ? (seen as readonly string[]) : [];
  const wanted = asked ?? known;
  const kept = present.filter((tag) => wanted.includes(tag) || !known.includes(tag));
  return [...kept, ...wanted.filter((tag) => !known.includes(tag) && !kept.includes(tag))];
}

function priorityAfter(
  ticket: Ticket,
  fields: Partial<TicketFields>,
  context: DecisionContext<Ticket, TicketEvent>,
): Priority | null {
  if (ticket.priorityReason !== null) return null;
  if (fields.impact === undefined && fields.urgency === undefined) return null;
  const { impact, urgency } = { ...ticket, ...fields };
  const priority = priorityOf(context.directory.matrix, impact, urgency);
  return priority === ticket.priority ? null : priority;
}

/** Nothing is left to change: somebody else did the same, or it was so before. */
function alreadySo(kase: TicketCase, asked: Partial<TicketFields>): TicketAnswer {
  const names = Object.keys(asked) as FieldName[];
  const same = lastUnseen(kase, 'edited', ({ fields }) =>
    names.some((name) => fields[name] !== undefined && sameValue(fields[name], asked[name])),
  );
  if (same !== undefined) return supersede(kase, same, 'already-done');
  return no(kase, 'nothing-to-change', { field: names[0] ?? null });
}

function tellFieldReplaced(kase: TicketCase, name: FieldName, replacement: unknown): readonly Tell[] {
  if (name === 'tags') return [];
  const value = kase.ticket[name];
  const set = lastUnseen(kase, 'edited', ({ fields }) => sameValue(fields[name], value));
  return set === undefined ? [] : tellReplaced(kase, set.actor, name, value, replacement);
}
