import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { PAYROLL, id } from '../shared/test-support/organisation.ts';
import { HOUR, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(): Records {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r1', 'in_progress');
  return records;
}

describe('watching', () => {
  test('[DSK-48] staff watch for themselves and for others who may read', () => {
    const records = openDesk();
    const watch = (person?: string): TicketAct =>
      person === undefined ? { verb: 'watch' } : { verb: 'watch', person: id(person) };
    records.run('bo', 'desk', 'r1', watch());
    records.run('bo', 'desk', 'r1', watch('lea'));
    expect(records.ticket('r1').watchers).toEqual(['bo', 'lea']);
    expect(records.run('bo', 'desk', 'r1', watch())).toMatchObject({
      refusal: { code: 'desk/nothing-to-change' },
    });
    records.run('bo', 'desk', 'r1', { verb: 'unwatch' });
    expect(records.ticket('r1').watchers).toEqual(['lea']);

    records.run('cem', 'desk', 'r2', creating('desk', { restrictedTo: PAYROLL }));
    expect(records.run('cem', 'desk', 'r2', watch('bo'))).toMatchObject({
      refusal: { code: 'desk/invalid-value', field: 'person' },
    });
  });
});

describe('snoozing', () => {
  test('[DSK-49] a snooze lasts until a time ahead, or until it is ended', () => {
    const records = openDesk();
    expect(records.run('ana', 'desk', 'r1', { verb: 'snooze', until: records.now })).toMatchObject({
      refusal: { code: 'desk/time-not-ahead' },
    });
    const until = records.now + HOUR;
    const never = { verb: 'snooze', until: Number.MAX_SAFE_INTEGER } as const;
    expect(records.run('ana', 'desk', 'r1', never)).toMatchObject({
      refusal: { code: 'desk/invalid-value' },
    });
    records.run('ana', 'desk', 'r1', { verb: 'snooze', until });
    expect(records.ticket('r1')).toMatchObject({ snoozedUntil: until, snoozedBy: 'ana' });
    records.run('bo', 'desk', 'r1', { verb: 'unsnooze' });
    expect(records.ticket('r1')).toMatchObject({ snoozedUntil: null, snoozedBy: null });
  });

  test('[DSK-50] the requester’s reply and the end of a request wake it', () => {
    const records = openDesk();
    const snooze: TicketAct = { verb: 'snooze', until: records.now + 10 * HOUR };
    records.run('ana', 'desk', 'r1', snooze);
    records.run('bo', 'desk', 'r1', { verb: 'reply', text: 'Sleep well.' });
    expect(records.ticket('r1').snoozedUntil).not.toBeNull();
    records.run('rita', 'desk', 'r1', { verb: 'reply', text: 'Hello?' });
    expect(records.ticket('r1').snoozedUntil).toBeNull();
    records.run('ana', 'desk', 'r1', snooze);
    records.run('ana', 'desk', 'r1', CANCEL);
    expect(records.ticket('r1').snoozedUntil).toBeNull();
  });
});
