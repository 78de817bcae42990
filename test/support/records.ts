/** Believable histories for a journey's desk, made from a seed: the same index always tells the same story. */
import { DEFAULT_MATRIX, priorityOf, recordId } from '@muster/domain/shared';
import type { Level, PersonId, RecordId, TeamId, TicketEvent, TicketProcess } from '@muster/domain/shared';
import type { TestServer } from '@muster/server/testing';

export type History = Parameters<TestServer['store']['commands']['importHistories']>[0][number];

/** Who appears in the histories. */
export interface Cast {
  readonly requester: PersonId;
  readonly staff: readonly PersonId[];
  readonly teams: readonly TeamId[];
}

const MINUTE = 60_000;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PROBLEMS = [
  'Mail is not arriving',
  'VPN drops every few minutes',
  'Printer shows paper jam',
  'Cannot sign in after password change',
  'Shared drive is read-only',
  'Video calls freeze',
  'Invoice run stops at step three',
  'Laptop does not charge',
  'Badge does not open the door',
  'Reports show last week',
  'Phone has no dial tone',
  'Licence has expired',
] as const;
const PLACES = ['Basel', 'Lyon', 'Graz', 'Porto', 'Turku', 'Gdansk', 'Bergen', 'Leiden', 'Utrecht'] as const;

/** A ULID that says which record of the seed it is. */
export function seededId(index: number): RecordId {
  let tail = '';
  for (let rest = index; tail.length < 16; rest = Math.floor(rest / 32)) tail = CROCKFORD[rest % 32] + tail;
  return recordId(`01JTEST000${tail}`);
}

export function seededTitle(index: number): string {
  return `${PROBLEMS[index % PROBLEMS.length]} in ${PLACES[index % PLACES.length]} (${index + 1})`;
}

/** One record: an incident or request with its conversation, some of it taken on already. */
export function seededHistory(index: number, cast: Cast, now: number): History {
  const process: TicketProcess = index % 3 === 0 ? 'desk' : 'incident';
  const from = now - (index + 2) * 7 * MINUTE;
  const staff = cast.staff[index % cast.staff.length] ?? cast.requester;
  const events: { event: TicketEvent; actor: PersonId; at: number }[] = [
    { event: createdEvent(process, index, cast), actor: cast.requester, at: from },
    {
      event: {
        type: 'replied',
        text: `It began at ${8 + (index % 9)} o'clock.`,
        draft: null,
        side: 'requester',
      },
      actor: cast.requester,
      at: from + MINUTE,
    },
  ];
  if (index % 4 === 3) {
    events.push({
      event: { type: 'claimed', owner: staff, before: null },
      actor: staff,
      at: from + 2 * MINUTE,
    });
  }
  return { source: 'journey', externalId: `record-${index}`, id: seededId(index), number: null, events };
}

function createdEvent(process: TicketProcess, index: number, cast: Cast): TicketEvent {
  const impact = (1 + (index % 3)) as Level;
  const urgency = (1 + (Math.floor(index / 3) % 3)) as Level;
  return {
    type: 'created',
    process,
    number: null,
    description: `${PROBLEMS[index % PROBLEMS.length]}, seen by three people on the second floor.`,
    ticket: {
      kind: process === 'incident' ? 'incident' : 'request',
      title: seededTitle(index),
      impact,
      urgency,
      priority: priorityOf(DEFAULT_MATRIX, impact, urgency),
      matrixVersion: DEFAULT_MATRIX.version,
      requester: cast.requester,
      team: cast.teams[index % cast.teams.length] ?? null,
      service: null,
      category: null,
      channel: 'portal',
      tags: [],
      restrictedTo: null,
    },
  };
}
