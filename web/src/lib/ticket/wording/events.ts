import {
  NOT_SILENCED,
  teamId,
  type Directory,
  type Recorded,
  type RecordId,
  type TeamId,
  type Ticket,
  type TicketEvent,
} from '@muster/domain/shared';
import { alertsWords } from './alerts.ts';
import { FIELD_LABELS, HOLD_NAMES, KIND_NAMES, LEVEL_NAMES, LINK_NAMES, PRIORITY_NAMES } from './words.ts';
import { requesterLook, stateName } from './states.ts';
import { callEventWords } from '#lib/wording/call-events.ts';
import { chainNames } from '#lib/wording/whom.ts';
import { escalationEventWords } from '#lib/wording/escalation.ts';
import { majorEventWords } from './major-events.ts';
import { fullTime } from '#lib/ui/time.ts';
import { listed, readersWords } from '#lib/wording/readers.ts';

/** What a person may be told about another record without opening it. */
export interface EventWorld {
  readonly directory: Directory;
  readonly personName: (id: string) => string;
  /** Number or token of another record. */
  readonly reference: (id: RecordId) => string;
  /** Of a configuration item; left out where the configuration is not at hand. */
  readonly itemName?: (id: RecordId) => string;
  /** Told to who asked for it, who does not know the desk's own words. */
  readonly toRequester?: boolean;
}

/** An event in one sentence without its subject: "took this over", after the actor's name. */
export function eventWords(event: TicketEvent, world: EventWorld): string {
  switch (event.type) {
    case 'created':
      return event.ticket.channel === 'import' ? 'brought this in by import' : 'opened this';
    case 'claimed':
      return event.before === null ? 'took this on' : `took this over from ${world.personName(event.before)}`;
    case 'co-owned':
      return 'joined the work';
    case 'handover-requested':
      return `asked ${world.personName(event.owner)} to hand this over${quoted(event.note)}`;
    case 'assigned':
      return assignedWords(event, world);
    case 'transitioned':
      return transitionWords(event, world);
    case 'edited':
      return editedWords(event, world);
    case 'priority-overridden':
      return event.reason === null
        ? `set the priority back to ${PRIORITY_NAMES[event.priority]}, as the matrix says`
        : `set the priority to ${PRIORITY_NAMES[event.priority]} instead of ${PRIORITY_NAMES[event.before]}${quoted(event.reason)}`;
    case 'linked':
      return `linked this: ${LINK_NAMES[event.kind].toLowerCase()} ${world.reference(event.target)}`;
    case 'unlinked':
      return `removed the link: ${LINK_NAMES[event.kind].toLowerCase()} ${world.reference(event.target)}`;
    case 'items-named':
      return itemsWords(event, world);
    case 'merged':
      return `merged this into ${world.reference(event.into)}`;
    case 'absorbed':
      return `merged ${world.reference(event.from)} into this; its requester is ${world.personName(event.requester)}`;
    case 'commented':
      return 'wrote an internal note';
    case 'replied':
      return 'replied';
    case 'watched':
      return `added ${world.personName(event.person)} to the watchers`;
    case 'unwatched':
      return `took ${world.personName(event.person)} off the watchers`;
    case 'restricted':
      return restrictedWords(event, world);
    case 'snoozed':
      return `snoozed this until ${fullTime(event.until)}`;
    case 'unsnoozed':
      return 'ended the snooze';
    case 'alerts-noted':
      return alertsWords(event);
    case 'alerts-acknowledged':
      return 'acknowledged the alerts';
    case 'alerts-silenced':
      return event.until === NOT_SILENCED
        ? 'ended the silence of alerts'
        : `silenced the alerts until ${fullTime(event.until)}`;
    case 'imported':
      return `brought ${importedWords(event.set)} from ${event.source} (${event.externalId})`;
    case 'call-begun':
    case 'call-step-taken':
    case 'call-acknowledged':
    case 'call-stopped':
    case 'call-used-up':
      return callEventWords(event, chainNames(world.directory));
    case 'escalated-to-team':
    case 'escalated-upward':
    case 'escalation-ended':
    case 'threshold-passed':
      return escalationEventWords(
        event,
        (id) => world.directory.teams.get(teamId(id))?.name ?? 'another team',
      );
    default:
      return majorEventWords(event, world.personName);
  }
}

function itemsWords(
  { added, removed }: Extract<TicketEvent, { type: 'items-named' }>,
  { itemName }: EventWorld,
): string {
  const named = (items: readonly RecordId[]): string =>
    itemName === undefined
      ? items.length === 1
        ? 'an item'
        : `${items.length} items`
      : listed(items.map(itemName));
  const parts = [
    ...(added.length > 0 ? [`named ${named(added)} as what this is about`] : []),
    ...(removed.length > 0 ? [`took ${named(removed)} away from what this is about`] : []),
  ];
  return parts.join(' and ');
}

/** Whether an event is something said, rather than something done. */
export function isConversation(event: TicketEvent): boolean {
  return (
    event.type === 'replied' ||
    event.type === 'commented' ||
    (event.type === 'created' && event.description !== '')
  );
}

/** The actor's name and the sentence, for screen readers and print. */
export function recordedWords(recorded: Recorded<TicketEvent>, world: EventWorld): string {
  return `${world.personName(recorded.actor)} ${eventWords(recorded.event, world)}`;
}

function assignedWords(event: Extract<TicketEvent, { type: 'assigned' }>, world: EventWorld): string {
  const parts: string[] = [];
  if (event.owner !== event.before.owner) {
    parts.push(
      event.owner === null ? 'left this without an owner' : `gave this to ${world.personName(event.owner)}`,
    );
  }
  if (event.team !== event.before.team) {
    const team = event.team === null ? null : (world.directory.teams.get(event.team)?.name ?? 'another team');
    parts.push(team === null ? 'took it from its team' : `moved it to ${team}`);
  }
  return (parts.join(' and ') || 'confirmed the assignment') + quoted(event.reason);
}

function restrictedWords(event: Extract<TicketEvent, { type: 'restricted' }>, world: EventWorld): string {
  const team = (id: unknown): string => world.directory.teams.get(id as TeamId)?.name ?? 'another team';
  const person = (id: unknown): string => world.personName(String(id));
  const readers = readersWords(event.team, event.people, { team, person });
  const done = readers === null ? 'let everybody on the staff read this' : `let only ${readers} read this`;
  return done + quoted(event.reason);
}

function transitionWords(
  event: Extract<TicketEvent, { type: 'transitioned' }>,
  { toRequester = false }: EventWorld,
): string {
  const { resolution } = event;
  const name = (state: string): string => (toRequester ? requesterLook(state).label : stateName(state));
  const how = toRequester ? resolution?.notes : resolution && `${resolution.code}: ${resolution.notes}`;
  const why = quoted(resolution ? how : event.reason);
  if (event.to === 'on_hold' && event.holdReason) {
    const isForThem = toRequester && event.holdReason === 'caller';
    return isForThem
      ? `waits for an answer from you${why}`
      : `put this on hold, ${HOLD_NAMES[event.holdReason].toLowerCase()}${why}`;
  }
  if (event.from === 'resolved' && event.to === 'in_progress') return `reopened this${why}`;
  return `moved this from ${name(event.from)} to ${name(event.to)}${why}`;
}

function editedWords(event: Extract<TicketEvent, { type: 'edited' }>, world: EventWorld): string {
  const parts = Object.entries(event.fields).map(([field, value]) => {
    const label = (FIELD_LABELS[field] ?? field).toLowerCase();
    const before = (event.before as Readonly<Record<string, unknown>>)[field];
    return `${label} from ${fieldValueWords(field, before, world)} to ${fieldValueWords(field, value, world)}`;
  });
  const priority = event.priority === null ? '' : `; priority is now ${PRIORITY_NAMES[event.priority]}`;
  return `changed ${parts.join(', ')}${priority}`;
}

/** The value of a field as a person reads it. */
export function fieldValueWords(field: string, value: unknown, world: Pick<EventWorld, 'directory'>): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.join(', ');
  if (field === 'impact' || field === 'urgency') return LEVEL_NAMES[value as 1 | 2 | 3] ?? String(value);
  if (field === 'priority') return PRIORITY_NAMES[value as 1 | 2 | 3 | 4 | 5] ?? String(value);
  if (field === 'kind') return KIND_NAMES[value as keyof typeof KIND_NAMES] ?? String(value);
  if (field === 'title') return `“${String(value)}”`;
  const named: ReadonlyMap<string, { readonly name: string }> | null =
    field === 'service'
      ? world.directory.services
      : field === 'team'
        ? world.directory.teams
        : field === 'owner'
          ? world.directory.people
          : null;
  return named?.get(String(value))?.name ?? String(value);
}

function importedWords(set: Partial<Ticket>): string {
  const fields = Object.keys(set).map((field) => (FIELD_LABELS[field] ?? field).toLowerCase());
  return set.state === undefined ? fields.join(', ') || 'a change' : `the state ${stateName(set.state)}`;
}

function quoted(text: string | null | undefined): string {
  return text ? `: “${text}”` : '';
}
