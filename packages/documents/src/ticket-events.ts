import {
  ALERT_CHANGES,
  ALERT_STANCES,
  CHANNELS,
  HOLD_REASONS,
  LINK_KINDS,
  TICKET_KINDS,
  TICKET_PROCESSES,
} from '@muster/domain/shared';
import type {
  PersonId,
  Priority,
  RecordId,
  Recorded,
  ServiceId,
  TeamId,
  Ticket,
  TicketEvent,
  TicketEventType,
  TicketFields,
} from '@muster/domain/shared';
import { CALL_EVENT_DATA } from './call.ts';
import { Mismatch, flat, id, list, oneOf, optional, partial, text, whole, words } from './codec.ts';
import type { Codec, Columns, Plain } from './codec.ts';
import { ESCALATION_EVENT_DATA } from './escalation.ts';
import { MAJOR_EVENT_DATA } from './major.ts';
import { isNonconforming, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';
import { TICKET_COLUMNS, level, priority, resolution } from './ticket-row.ts';

type DataOf<Type extends TicketEventType> = Omit<Extract<TicketEvent, { readonly type: Type }>, 'type'>;
type Created = DataOf<'created'>['ticket'];

const person = id<PersonId>();
const record = id<RecordId>();
const team = optional(id<TeamId>());

const FIELDS: Columns<TicketFields> = {
  title: text,
  kind: oneOf(TICKET_KINDS),
  impact: level,
  urgency: level,
  service: optional(id<ServiceId>()),
  category: optional(text),
  tags: list(text),
};

const heldBefore = partial<TicketFields & { readonly priority: Priority }>({ ...FIELDS, priority });

/** What an edit found. Events were once written with an empty priority here: those are read without it. */
const beforeEdit: Codec<DataOf<'edited'>['before']> = {
  ...heldBefore,
  decode: (plain, base) => {
    if (plain === null || typeof plain !== 'object' || !('priority' in plain) || plain.priority !== null)
      return heldBefore.decode(plain, base);
    return heldBefore.decode(
      Object.fromEntries(Object.entries(plain).filter(([name]) => name !== 'priority')),
      base,
    );
  },
};

const people = list(person);

/** People, absent when there are none: events were once written without. */
const someOrAbsent: Codec<readonly PersonId[] | undefined> = {
  shape: `${people.shape}?`,
  encode: (value, base) => people.encode(value ?? [], base),
  decode: (plain, base) => (plain === null ? undefined : people.decode(plain, base)),
};

const restriction = flat<DataOf<'restricted'>['before']>({ team, people });

const created = flat<Created>({
  kind: oneOf(TICKET_KINDS),
  title: text,
  impact: level,
  urgency: level,
  priority,
  matrixVersion: whole,
  requester: person,
  channel: oneOf(CHANNELS),
  team,
  service: optional(id<ServiceId>()),
  category: optional(text),
  tags: list(text),
  restrictedTo: team,
  readers: someOrAbsent,
});

const link = flat<DataOf<'linked'>>({ kind: oneOf(LINK_KINDS), target: record });
const ofPerson = flat<{ readonly person: PersonId }>({ person });

/** The stored form of each event's own facts, one line an event. */
export const EVENT_DATA: { readonly [Type in TicketEventType]: Codec<DataOf<Type>> } = {
  created: flat<DataOf<'created'>>({
    process: oneOf(TICKET_PROCESSES),
    ticket: created,
    description: text,
    number: optional(text),
  }),
  claimed: flat<DataOf<'claimed'>>({ owner: person, before: optional(person) }),
  'co-owned': ofPerson,
  'handover-requested': flat<DataOf<'handover-requested'>>({ owner: person, note: text }),
  assigned: flat<DataOf<'assigned'>>({
    team,
    owner: optional(person),
    before: flat<DataOf<'assigned'>['before']>({ team, owner: optional(person) }),
    reason: optional(text),
  }),
  transitioned: flat<DataOf<'transitioned'>>({
    from: text,
    to: text,
    holdReason: optional(oneOf(HOLD_REASONS)),
    reason: optional(text),
    resolution: optional(resolution),
  }),
  edited: flat<DataOf<'edited'>>({
    fields: partial(FIELDS),
    before: beforeEdit,
    priority: optional(priority),
    matrixVersion: optional(whole),
  }),
  'priority-overridden': flat<DataOf<'priority-overridden'>>({
    priority,
    before: priority,
    reason: optional(text),
  }),
  linked: link,
  unlinked: link,
  'items-named': flat<DataOf<'items-named'>>({ added: list(record), removed: list(record) }),
  merged: flat<DataOf<'merged'>>({ into: record }),
  absorbed: flat<DataOf<'absorbed'>>({ from: record, requester: person }),
  commented: flat<DataOf<'commented'>>({ text, draft: optional(text) }),
  replied: flat<DataOf<'replied'>>({ text, side: oneOf(['requester', 'staff']), draft: optional(text) }),
  watched: ofPerson,
  unwatched: ofPerson,
  restricted: flat<DataOf<'restricted'>>({
    team,
    people,
    before: restriction,
    reason: optional(text),
    left: people,
  }),
  snoozed: flat<DataOf<'snoozed'>>({ until: whole }),
  unsnoozed: flat<DataOf<'unsnoozed'>>({}),
  'alerts-noted': flat<DataOf<'alerts-noted'>>({
    change: oneOf(ALERT_CHANGES),
    source: text,
    firing: whole,
    total: whole,
    untold: whole,
    named: list(text),
    stance: optional(oneOf(ALERT_STANCES)),
  }),
  'alerts-acknowledged': flat<DataOf<'alerts-acknowledged'>>({}),
  'alerts-silenced': flat<DataOf<'alerts-silenced'>>({ until: whole }),
  imported: flat<DataOf<'imported'>>({
    source: text,
    externalId: text,
    set: partial<Ticket>({ ...TICKET_COLUMNS, id: record }),
    raw: words,
  }),
  ...MAJOR_EVENT_DATA,
  ...ESCALATION_EVENT_DATA,
  ...CALL_EVENT_DATA,
};

/** `type` stays a word: old clients name what they do not know, and a number would save nothing after gzip. */
const ticketEvent: Codec<TicketEvent> = {
  shape: Object.entries(EVENT_DATA)
    .map(([type, data]) => `${type} ${data.shape}`)
    .join('; '),
  encode: (event) => {
    const { type, ...data } = event;
    return [type, (EVENT_DATA[type] as Codec<unknown>).encode(data, 0)];
  },
  decode: (plain) => {
    const [type, data] = Array.isArray(plain) ? (plain as unknown[]) : [];
    if (typeof type !== 'string' || !Object.hasOwn(EVENT_DATA, type)) {
      return new Mismatch(`event ${String(type)} is not known here`);
    }
    const decoded = (EVENT_DATA[type as TicketEventType] as Codec<object>).decode(data, 0);
    return decoded instanceof Mismatch ? decoded.under(type) : ({ type, ...decoded } as TicketEvent);
  },
};

/** `clientAt` is kept as its distance from `at`: 0 for what was done online. */
interface StoredEvent {
  readonly seq: number;
  readonly version: number;
  readonly actor: PersonId;
  readonly at: number;
  readonly event: TicketEvent;
  readonly clientLag: number;
}

/** 2: events of major incidents and escalations, and who may read a record. 3: events of calls. 4: items. */
export const recordedEvent = versioned(
  4,
  flat<StoredEvent>({
    seq: whole,
    version: whole,
    actor: person,
    at: whole,
    event: ticketEvent,
    clientLag: whole,
  }),
  1,
);

export function encodeEvent({ clientAt, ...recorded }: Recorded<TicketEvent>): Plain {
  return recordedEvent.encode({ ...recorded, clientLag: recorded.at - clientAt });
}

export function decodeEvent(path: string, value: unknown): Recorded<TicketEvent> | Nonconforming {
  const stored = recordedEvent.decode(path, value);
  if (isNonconforming(stored)) return stored;
  const { clientLag, ...recorded } = stored;
  return { ...recorded, clientAt: stored.at - clientLag };
}
