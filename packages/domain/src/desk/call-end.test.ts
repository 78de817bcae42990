import { describe, expect, test } from 'vitest';
import { asSeenBy } from '../shared/index.ts';
import type { Chain, Directory } from '../shared/index.ts';
import { DIRECTORY, NETWORK, PAYROLL, actor, id } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CANCEL } from '../shared/test-support/walk.ts';
import { desk } from './desk.ts';
import { answer, begin, call, goOn, minutesAhead, open, person, wait } from './test-calls.ts';

describe('the end of a call', () => {
  test('[DSK-159] is stopped with a reason, and ends with the work', () => {
    const stop = (reason: string) => ({ verb: 'stop-call', team: NETWORK, reason }) as const;
    const records = open([person('ana'), wait(5)]);
    begin(records);
    goOn(records);
    expect(records.run('cem', 'desk', 'd1', stop(' '))).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'reason' },
    });
    const stopped = records.run('cem', 'desk', 'd1', stop('A false alarm'));
    expect(stopped.ok && stopped.value.tell[0]).toMatchObject({
      person: id('ana'),
      kind: 'call-over',
      detail: { stopped: true, reason: 'A false alarm' },
    });
    expect(records.run('cem', 'desk', 'd1', stop('Again'))).toMatchObject({
      refusal: { code: 'desk/call-state', state: 'stopped' },
    });
    begin(records);
    const basis = records.ticket('d1').version;
    goOn(records);
    const done = records.run('lea', 'desk', 'd1', CANCEL);
    expect(done.ok && done.value.tell).toMatchObject([
      { person: id('ana'), kind: 'call-over', detail: { ended: true } },
    ]);
    expect(call(records)).toMatchObject({ state: 'ended', endedAt: records.now });
    expect(answer(records, 'ana', { basis })).toMatchObject({
      value: { superseded: { by: { person: id('lea'), what: 'transitioned' } } },
    });
  });

  test('[DSK-159] is stopped when its ticket goes back to the team that it came from', () => {
    const records = open([person('ana'), wait(5)]);
    records.run('lea', 'desk', 'd1', {
      verb: 'escalate-to-team',
      team: NETWORK,
      reason: 'It is the network',
    });
    begin(records);
    goOn(records);
    const back = records.run('lea', 'desk', 'd1', { verb: 'assign', team: null, owner: id('lea') });
    expect(back).toMatchObject({ ok: true });
    expect(call(records).state).not.toBe('calling');
    expect(goOn(records)).toEqual(['over']);
  });

  test('[DSK-159] is stopped when its ticket is assigned to another team by somebody who does not take it on', () => {
    const records = open([person('ana'), wait(5)]);
    records.run('lea', 'desk', 'd1', {
      verb: 'escalate-to-team',
      team: NETWORK,
      reason: 'It is the network',
    });
    begin(records);
    goOn(records);
    const moved = records.run('lea', 'desk', 'd1', { verb: 'assign', team: PAYROLL, owner: null });
    expect(moved.ok && moved.value.tell.map(({ kind, person }) => `${kind} ${person}`)).toContain(
      'call-over ana',
    );
    expect(call(records).state).toBe('stopped');
  });

  test('[DSK-160] that nobody answered is told to managers, owner and caller', () => {
    const records = open([person('ana'), wait(5)]);
    records.run('bo', 'desk', 'd1', { verb: 'claim' });
    begin(records, 'cem');
    goOn(records);
    expect(minutesAhead(records)).toBe(5);
    expect(goOn(records)).toEqual(['call-used-up lea', 'call-used-up bo', 'call-used-up cem']);
    expect(call(records).state).toBe('used-up');
    expect(goOn(records)).toEqual(['over']);
  });

  test('[DSK-160] is told to who escalated it, or where nobody is left to whoever may work on it', () => {
    const unheard = (directory: Directory, escalates: boolean) => {
      const records = new Records(() => desk, directory);
      records.run('ruben', 'desk', 'd1', creating('desk', { requester: id('ruben') }));
      if (escalates) {
        records.run('bo', 'desk', 'd1', { verb: 'escalate-to-team', team: PAYROLL, reason: 'Theirs' });
      }
      records.run('system', 'desk', 'd1', { verb: 'begin-call', team: PAYROLL, cause: 'escalated' });
      return [1, 2, 3, 4, 5].map(() => goOn(records, PAYROLL)).at(-1);
    };
    const people = new Map([...DIRECTORY.people].filter(([who]) => who !== id('lea')));
    expect(unheard({ ...DIRECTORY, people }, true)).toEqual(['call-used-up bo']);
    expect(unheard({ ...DIRECTORY, people }, false)).toEqual([
      'call-used-up ana',
      'call-used-up bo',
      'call-used-up cem',
    ]);
  });

  test('[DSK-161] goes on beside the call of another team', () => {
    const records = open([person('ana'), wait(5)]);
    begin(records);
    begin(records, 'lea', PAYROLL);
    expect([goOn(records), goOn(records, PAYROLL)]).toEqual([['called ana'], ['called cem']]);
    answer(records, 'ana');
    expect([call(records).state, call(records, PAYROLL).state]).toEqual(['acknowledged', 'calling']);
  });

  test('[DSK-162] is not for the requester to see', () => {
    const records = open([person('ana'), wait(5)]);
    begin(records);
    expect(asSeenBy(actor('ruben'), records.ticket('d1')).calls).toEqual([]);
    expect(asSeenBy(actor('ana'), records.ticket('d1')).calls).toHaveLength(1);
  });

  test('[DSK-164] stays as it began when its chain is changed', () => {
    const records = open([person('ana'), wait(5)]);
    begin(records);
    const before = call(records).steps;
    (records.directory.chains as Map<string, Chain>).delete(NETWORK);
    expect(goOn(records)).toEqual(['called ana']);
    expect(call(records).steps).toEqual(before);
  });
});
