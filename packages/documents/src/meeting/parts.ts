/** What a meeting is made of in its document: small parts, and an entry for each item of the agenda. */
import { CHANGE_STATES, ITEM_VERDICTS, MEETING_STATES } from '@muster/domain/change';
import type {
  AgendaItem,
  Attendance,
  HeldAs,
  ItemDecision,
  Meeting,
  NamedChange,
  NotedVote,
  Stretch,
  Vote,
} from '@muster/domain/change';
import type { PersonId, RecordId } from '@muster/domain/shared';
import { fallback, flag, flat, id, known, list, oneOf, optional, since, text, whole } from '../codec.ts';
import { versioned } from '../nonconforming.ts';

const person = id<PersonId>();
const record = id<RecordId>();

/** The order is layout: it grows at its end. */
const VOTES = ['approved', 'rejected', 'abstained'] as const satisfies readonly Vote[];

/** What stands from the planning on. */
export type Head = Pick<
  Meeting,
  'board' | 'beginsAt' | 'endsAt' | 'adHoc' | 'itemMinutes' | 'invited' | 'plannedBy'
>;

export const headPart = versioned(
  1,
  flat<Head>(
    {
      beginsAt: whole,
      endsAt: since,
      board: record,
      plannedBy: person,
      itemMinutes: whole,
      invited: list(person),
      adHoc: fallback(flag, false),
    },
    'beginsAt',
  ),
);

/** What moves while it is held. */
export type Pulse = Pick<
  Meeting,
  'version' | 'updatedAt' | 'state' | 'chair' | 'current' | 'openedAt' | 'closedAt' | 'reason' | 'heldAs'
>;

export const pulsePart = versioned(
  1,
  flat<Pulse>({
    version: whole,
    updatedAt: whole,
    state: oneOf(MEETING_STATES),
    chair: optional(person),
    current: optional(record),
    openedAt: optional(whole),
    closedAt: optional(whole),
    reason: optional(text),
    heldAs: known(flat<HeldAs>({ name: text, zone: optional(text) })),
  }),
);

/** In which order the items stand. */
export interface Order {
  readonly agenda: readonly RecordId[];
}

export const orderPart = versioned(1, flat<Order>({ agenda: list(record) }));

export const attendancePart = versioned(
  1,
  flat<Pick<Meeting, 'attendance'>>({
    attendance: list(flat<Attendance>({ person, from: whole, to: optional(whole) })),
  }),
);

const decision = flat<ItemDecision>({
  verdict: oneOf(ITEM_VERDICTS),
  by: person,
  at: whole,
  revision: whole,
  state: oneOf(CHANGE_STATES),
  note: optional(text),
  votes: list(flat<NotedVote>({ person, vote: oneOf(VOTES), note: optional(text) })),
});

export const itemEntry = versioned(
  1,
  flat<Omit<AgendaItem, 'change'>>({
    takenOver: flag,
    addedBy: optional(person),
    decision: optional(decision),
    stretches: list(flat<Stretch>({ from: whole, to: optional(whole) })),
    named: known(flat<NamedChange>({ title: text, number: optional(text) })),
  }),
);
