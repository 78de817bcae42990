import type { DecisionContext } from '../decider.ts';
import { SYSTEM } from '../ids.ts';
import type { Actor } from '../people.ts';
import { priorityOf } from '../priority.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { canRead } from './access.ts';
import type { TicketAnswer } from './answer.ts';
import { permissionFor } from './authorise.ts';
import type { TicketAct, TicketCommand } from './commands.ts';
import type { TicketEvent } from './events.ts';
import { cleanFields } from './fields.ts';
import { itemsOfNew } from './items.ts';
import type { TicketOverlay } from './overlay.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import { cleanRestriction } from './restriction.ts';
import type { Restriction } from './restriction.ts';
import { MAX_TEXT } from './text.ts';
import { CHANNELS } from './ticket.ts';
import type { Ticket, TicketFields } from './ticket.ts';

type CreateCommand = TicketCommand & Extract<TicketAct, { verb: 'create' }>;
type Context = DecisionContext<Ticket, TicketEvent>;

/**
 * Makes a ticket. Staff make them for anybody; everybody else for themselves, from the portal, with the impact left
 * to the desk to judge. A ticket without a team goes to the team of its service.
 */
export function decideCreate(
  state: Ticket | null,
  command: CreateCommand,
  context: Context,
  overlay: TicketOverlay | null,
): TicketAnswer {
  const { process } = command;
  const { actor, directory } = context;
  const permission = permissionFor(command);
  const isStaff = actor.permissions.has(`${process}.work`);
  if (!actor.permissions.has(permission) || (!isStaff && command.requester !== actor.id)) {
    const lacking = actor.permissions.has(permission) ? (`${process}.work` as const) : permission;
    return refuse(ticketRefusal(process, 'not-permitted', { permission: lacking }));
  }
  if (state !== null) return refuse(taken(command, state, context));

  const asked = isStaff ? command : asRequested(command);
  const fields = cleanNew(asked, context);
  if (!fields.ok) return fields;
  const { kind, title, impact, urgency, service, category, tags } = fields.value;
  const ticket = {
    kind,
    title,
    impact,
    urgency,
    service,
    category,
    tags,
    priority: priorityOf(directory.matrix, impact, urgency),
    matrixVersion: directory.matrix.version,
    requester: asked.requester,
    team: asked.team ?? (service === null ? null : (directory.services.get(service)?.team ?? null)),
    channel: asked.channel,
    restrictedTo: asked.restrictedTo ?? null,
  };
  const readers = [...new Set(asked.readers)];
  const description = asked.description.trim();
  const laidOver = openOverlay(asked, context, overlay, { process, readers, ...ticket });
  if (!laidOver.ok) return laidOver;
  const made = readers.length === 0 ? ticket : { ...ticket, readers };
  const created: TicketEvent = {
    type: 'created',
    process,
    number: context.number,
    ticket: made,
    description,
  };
  const items = itemsOfNew(process, asked.items ?? [], context);
  if (!items.ok) return items;
  const { named: added, leftOut } = items.value;
  // an event of its own: items are for the staff, what is made is for everybody who reads the ticket
  const named: readonly TicketEvent[] =
    added.length === 0 ? [] : [{ type: 'items-named', added, removed: [] }];
  return ok({
    events: [created, ...named, ...laidOver.value.events],
    tell: laidOver.value.tell,
    ...(leftOut && { leftOut }),
  });
}

function openOverlay(
  command: CreateCommand,
  context: Context,
  overlay: TicketOverlay | null,
  ticket: Parameters<TicketOverlay['open']>[2],
): ReturnType<TicketOverlay['open']> {
  if (overlay !== null) return overlay.open(command, context, ticket);
  if (command.major === undefined) return ok({ events: [], tell: [] });
  return refuse(ticketRefusal(command.process, 'invalid-value', { field: 'major', value: command.major }));
}

/** An id that is in use; by a record that may not be read, as if it were not there. */
function taken({ process }: CreateCommand, state: Ticket, { actor, target }: Context): TicketRefusal {
  const reason = canRead(actor, state) ? 'already-exists' : 'no-such-record';
  return ticketRefusal(process, reason, { record: target });
}

/** What a requester may say about a new ticket; the rest is the desk's to decide. */
function asRequested(command: CreateCommand): CreateCommand {
  return {
    ...command,
    impact: 3,
    team: null,
    tags: [],
    items: [],
    restrictedTo: null,
    readers: [],
    channel: 'portal',
  };
}

function cleanNew(
  command: CreateCommand,
  { actor, directory }: Context,
): Result<TicketFields, TicketRefusal> {
  const { process, kind, title, impact, urgency, service, category, tags = [] } = command;
  if (title.trim() === '') return refuse(ticketRefusal(process, 'missing-field', { field: 'title' }));
  if (command.description.length > MAX_TEXT) return unfit(process, 'description', command.description.length);
  if (!CHANNELS.includes(command.channel)) return unfit(process, 'channel', command.channel);
  if (directory.people.get(command.requester)?.active !== true) {
    return refuse(ticketRefusal(process, 'unknown-person', { person: command.requester }));
  }
  if (command.team !== null && !directory.teams.has(command.team)) {
    return refuse(ticketRefusal(process, 'unknown-team', { team: command.team }));
  }
  const { restrictedTo = null, readers = [] } = command;
  const restriction = { team: restrictedTo, people: readers };
  // what the system copies stays as closed as it was, also when somebody who was named has left
  const fit = actor.id === SYSTEM ? ok(restriction) : cleanRestriction(process, restriction, directory);
  if (!fit.ok) return fit;
  const keptOut = keptOutByOneself(process, restriction, actor);
  if (keptOut !== null) return refuse(keptOut);
  const cleaned = cleanFields(process, { kind, title, impact, urgency, service, category, tags }, directory);
  // Every field was named above, so all of them are there.
  return cleaned.ok ? ok(cleaned.value as TicketFields) : cleaned;
}

/** Nobody makes what they may not read: the refusal, or null. */
function keptOutByOneself(
  process: CreateCommand['process'],
  { team, people }: Restriction,
  actor: Actor,
): TicketRefusal | null {
  const isOpen = team === null && people.length === 0;
  if (isOpen || actor.id === SYSTEM || people.includes(actor.id)) return null;
  if (team !== null && actor.teams.includes(team)) return null;
  return team === null
    ? ticketRefusal(process, 'keeps-out', { people: [actor.id] })
    : ticketRefusal(process, 'not-in-team', { person: actor.id, team });
}

function unfit(
  process: CreateCommand['process'],
  field: string,
  value: unknown,
): Result<never, TicketRefusal> {
  return refuse(ticketRefusal(process, 'invalid-value', { field, value }));
}
