import { describe, expect, test } from 'vitest';
import type { Ticket, TicketAct } from '../shared/index.ts';
import { recordId, undoOf } from '../shared/index.ts';
import { NETWORK, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { HOUR, Records } from '../shared/test-support/records.ts';
import { HOLD_FOR_CALLER, RESOLVE, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(): Records {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r2', 'new');
  bring(records, 'desk', 'r1', 'in_progress');
  return records;
}

/** All of a ticket that undoing is to bring back: everything but its age, and the clock's marks. */
function standing({ version, updatedAt, clock, ...rest }: Ticket): Partial<Ticket> {
  return { ...rest, id: version > 0 && updatedAt > 0 && clock.length > 0 ? rest.id : recordId('') };
}

describe('undoing', () => {
  test.each<TicketAct>([
    { verb: 'assign', team: PAYROLL, owner: id('cem') },
    { verb: 'assign', team: NETWORK, owner: null },
    HOLD_FOR_CALLER,
    { verb: 'edit', fields: { urgency: 1, title: 'Other', tags: ['x'], service: null } },
    { verb: 'override-priority', priority: 1, reason: 'VIP' },
    { verb: 'link', kind: 'parent', target: recordId('r2') },
    { verb: 'watch' },
    { verb: 'watch', person: id('lea') },
    { verb: 'snooze', until: Date.UTC(2030, 0, 1) },
  ])('[DSK-51] %o is taken back by the acts it names', (act) => {
    const records = openDesk();
    const before = records.ticket('r1');
    expect(records.run('bo', 'desk', 'r1', act).ok).toBe(true);
    const undo = undoOf(act, before, records.ticket('r1'));
    for (const back of undo ?? []) expect(records.run('bo', 'desk', 'r1', back).ok).toBe(true);
    expect(undo).not.toBeNull();
    expect(standing(records.ticket('r1'))).toEqual(standing(before));
  });

  test('[DSK-51] a claim is taken back by giving the request to nobody', () => {
    const records = openDesk();
    const before = records.ticket('r2');
    records.run('bo', 'desk', 'r2', { verb: 'claim' });
    expect(undoOf({ verb: 'claim' }, before, records.ticket('r2'))).toEqual([
      { verb: 'assign', team: NETWORK, owner: null },
    ]);
  });

  test('[DSK-51] a claim by a co-owner cannot be taken back, for assigning would not share the work again', () => {
    const records = openDesk();
    records.run('bo', 'desk', 'r1', { verb: 'co-own' });
    records.run('ana', 'desk', 'r1', { verb: 'assign', team: NETWORK, owner: null });
    const before = records.ticket('r1');
    records.run('bo', 'desk', 'r1', { verb: 'claim' });
    expect(undoOf({ verb: 'claim' }, before, records.ticket('r1'))).toBeNull();
  });

  test.each<TicketAct>([
    RESOLVE,
    { verb: 'reply', text: 'sent' },
    { verb: 'comment', text: 'said' },
    { verb: 'co-own' },
    { verb: 'merge', into: recordId('r2') },
  ])('[DSK-51] %o cannot be taken back', (act) => {
    const records = openDesk();
    records.now += HOUR;
    const before = records.ticket('r1');
    expect(records.run('bo', 'desk', 'r1', act).ok).toBe(true);
    expect(undoOf(act, before, records.ticket('r1'))).toBeNull();
  });
});
