import { describe, expect, test } from 'vitest';
import { deciderOf } from '../index.ts';
import type { RecordId, Ticket, TicketAct } from '../shared/index.ts';
import { recordId } from '../shared/index.ts';
import { DIRECTORY, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { HOUR, Records, creating } from '../shared/test-support/records.ts';
import { CLOSE, REOPEN, RESOLVE, bring } from '../shared/test-support/walk.ts';
import { dueToClose, reactionsTo, snoozeEnded } from './index.ts';

const REPLY: TicketAct = { verb: 'reply', text: 'It is back.' };
const DAY = 24 * HOUR;

function reactions(records: Records, name: string) {
  const last = records.history(name).at(-1);
  if (last === undefined) throw new Error('nothing happened');
  const related = new Map<RecordId, Ticket>(records.all.map((ticket) => [ticket.id, ticket]));
  return reactionsTo(last, records.ticket(name), { related, directory: records.directory });
}

describe('a requester’s reply after the end', () => {
  test.each(['closed', 'cancelled'])(
    '[FLW-1] on a %s ticket it makes a new one, linked and alike',
    (state) => {
      const records = new Records(deciderOf);
      bring(records, 'incident', 'i1', state);
      records.run('rita', 'incident', 'i1', REPLY);
      for (const { process, act } of reactions(records, 'i1')) {
        expect(records.run('system', process, 'fresh', act).ok).toBe(true);
      }
      const { title, requester, service, team, impact, urgency } = records.ticket('i1');
      expect(records.ticket('fresh')).toMatchObject({
        process: 'incident',
        state: 'new',
        ...{ title, requester, service, team, impact, urgency },
        links: [{ kind: 'related', target: 'i1' }],
      });
      expect(records.history('fresh')[0]?.event).toMatchObject({ description: 'It is back.' });
      expect(records.ticket('i1')).toMatchObject({ state, links: [{ kind: 'related', target: 'fresh' }] });
    },
  );

  test('[FLW-1] the new ticket is restricted as the old one was', () => {
    const records = new Records(deciderOf);
    records.run('cem', 'desk', 'r1', creating('desk', { restrictedTo: PAYROLL, team: PAYROLL }));
    records.run('cem', 'desk', 'r1', { verb: 'transition', to: 'cancelled', reason: 'x' });
    records.run('rita', 'desk', 'r1', REPLY);
    for (const { process, act } of reactions(records, 'r1')) records.run('system', process, 'fresh', act);
    expect(records.ticket('fresh').restrictedTo).toBe(PAYROLL);
  });

  test('[FLW-1] the new ticket has the readers of the old one, also one who has left', () => {
    const people = new Map(DIRECTORY.people);
    const records = new Records(deciderOf, { ...DIRECTORY, people });
    const readers = [id('cem'), id('bo')];
    records.run('cem', 'desk', 'r1', creating('desk', { readers }));
    records.run('cem', 'desk', 'r1', { verb: 'transition', to: 'cancelled', reason: 'x' });
    people.delete(id('bo'));
    records.run('rita', 'desk', 'r1', REPLY);
    for (const { process, act } of reactions(records, 'r1')) records.run('system', process, 'fresh', act);
    expect(records.ticket('fresh').readers).toEqual(readers);
  });

  test('[FLW-2] on a merged ticket it becomes a note on the one that survives', () => {
    const records = new Records(deciderOf);
    for (const name of ['a', 'b', 'c']) bring(records, 'desk', name, 'new');
    records.run('ana', 'desk', 'a', { verb: 'merge', into: recordId('b') });
    records.run('ana', 'desk', 'b', { verb: 'merge', into: recordId('c') });
    records.run('rita', 'desk', 'a', REPLY);
    expect(reactions(records, 'a')).toEqual([
      { process: 'desk', target: 'c', part: 'note', act: { verb: 'comment', text: 'desk-1: It is back.' } },
    ]);
  });

  test('[FLW-3] nothing follows from words on a live ticket, nor from what the system did', () => {
    const records = new Records(deciderOf);
    bring(records, 'desk', 'r1', 'resolved');
    records.run('rita', 'desk', 'r1', REPLY);
    expect(reactions(records, 'r1')).toEqual([]);
    records.run('system', 'desk', 'r1', CLOSE);
    expect(reactions(records, 'r1')).toEqual([]);
  });
});

describe('what time brings', () => {
  test('[FLW-4] a ticket closes by itself a number of days after its resolution', () => {
    const records = new Records(deciderOf);
    bring(records, 'desk', 'r1', 'resolved');
    const resolvedAt = records.now;
    const due = (ms: number, days?: number) => dueToClose(records.ticket('r1'), resolvedAt + ms, days);
    expect([due(5 * DAY - 1), due(3 * DAY - 1, 3)]).toEqual([null, null]);
    expect([due(5 * DAY), due(3 * DAY, 3)]).toEqual([CLOSE, CLOSE]);
    records.run('rita', 'desk', 'r1', REOPEN);
    expect(due(9 * DAY)).toBeNull();
    records.now += DAY;
    records.run('ana', 'desk', 'r1', RESOLVE);
    expect(due(5 * DAY)).toBeNull();
    expect(records.run('system', 'desk', 'r1', CLOSE).ok).toBe(true);
  });

  test('[FLW-5] a snooze ends when its time has come', () => {
    const records = new Records(deciderOf);
    bring(records, 'desk', 'r1', 'new');
    const until = records.now + HOUR;
    expect(snoozeEnded(records.ticket('r1'), until)).toBeNull();
    records.run('ana', 'desk', 'r1', { verb: 'snooze', until });
    expect(snoozeEnded(records.ticket('r1'), until - 1)).toBeNull();
    const act = snoozeEnded(records.ticket('r1'), until);
    expect(act).toEqual({ verb: 'unsnooze' });
    expect(records.run('system', 'desk', 'r1', act ?? REPLY).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({ snoozedUntil: null, requester: id('rita') });
  });
});
