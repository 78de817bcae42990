import { describe, expect, test } from 'vitest';
import type { Recorded, Ticket, TicketEvent } from '../shared/index.ts';
import { evolveTicket, personId, recordId } from '../shared/index.ts';
import { MONDAY_9, Records } from '../shared/test-support/records.ts';
import { bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function record(event: TicketEvent, version: number, at = MONDAY_9): Recorded<TicketEvent> {
  return { seq: version, version, event, actor: personId('import'), at, clientAt: at };
}

function fold(...events: readonly TicketEvent[]): Ticket | null {
  return events.reduce<Ticket | null>(
    (state, event, at) => evolveTicket('desk', state, record(event, at + 1, MONDAY_9 + at), recordId('r1')),
    null,
  );
}

const imported = (set: Partial<Ticket>): TicketEvent => ({
  type: 'imported',
  source: 'servicenow',
  externalId: 'INC0000045',
  set,
});

describe('folding events', () => {
  test('[DSK-60] an event of a later version counts and changes nothing else', () => {
    const records = new Records(() => desk);
    bring(records, 'desk', 'r1', 'in_progress');
    const before = records.ticket('r1');
    const unknown = { type: 'teleported', to: 'Mars' } as unknown as TicketEvent;
    expect(evolveTicket('desk', before, record(unknown, 99), before.id)).toEqual({
      ...before,
      version: 99,
      updatedAt: MONDAY_9,
    });
  });

  test('[DSK-61] what a source says stands as it is', () => {
    const set = {
      number: 'INC0000045',
      state: 'resolved',
      resolvedAt: 5,
      clock: [1, 5],
      priority: 1,
    } as const;
    expect(fold(imported(set))).toMatchObject({ ...set, id: 'r1', version: 1 });
  });

  test('[DSK-61] what a source leaves unsaid follows from the state it names', () => {
    expect(
      fold(
        imported({ createdAt: MONDAY_9 }),
        imported({ state: 'on_hold' }),
        imported({ state: 'in_progress' }),
      ),
    ).toMatchObject({
      clock: [MONDAY_9, MONDAY_9 + 1, MONDAY_9 + 2],
    });
    expect(fold(imported({ state: 'resolved' }), imported({ state: 'closed' }))).toMatchObject({
      clock: [MONDAY_9, MONDAY_9],
      resolvedAt: MONDAY_9,
      closedAt: MONDAY_9 + 1,
    });
  });
});
