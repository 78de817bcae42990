import { describe, expect, test } from 'vitest';
import { chainFault, scheduleId } from '../shared/index.ts';
import type { ChainStep, PersonId, Schedule, TeamId } from '../shared/index.ts';
import { DIRECTORY, NETWORK, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { MINUTE, MONDAY_9, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL } from '../shared/test-support/walk.ts';
import { desk } from './desk.ts';
import { all, answer, begin, call, goOn, lead, minutesAhead, open, person, wait } from './test-calls.ts';

describe('a chain', () => {
  test('[DSK-150] calls somebody, and gives the last one time', () => {
    expect(chainFault([person('ana'), wait(5)])).toBeNull();
    expect(chainFault([wait(5)])).toBe('calls-nobody');
    expect(chainFault([])).toBe('calls-nobody');
    expect(chainFault([wait(5), person('ana')])).toBe('ends-without-wait');
  });
});

describe('a call', () => {
  test('[DSK-151] is begun by hand for a team that has a chain, on open work', () => {
    const records = open([person('ana'), wait(5)]);
    expect(begin(records).ok).toBe(true);
    expect(call(records)).toMatchObject({ state: 'calling', cause: 'hand', by: id('lea'), taken: [] });
    const empty = new Records(() => desk, { ...DIRECTORY, chains: new Map() });
    empty.run('ana', 'desk', 'd1', creating('desk'));
    expect(begin(empty)).toMatchObject({ refusal: { code: 'desk/no-chain', team: NETWORK } });
    records.run('lea', 'desk', 'd1', CANCEL);
    expect(begin(records)).toMatchObject({ refusal: { code: 'desk/not-open' } });
  });

  test('[DSK-151] whom it calls at once is not told of the escalation beside it', () => {
    const records = open([person('lea'), wait(5)]);
    const escalated = records.run('ana', 'desk', 'd1', {
      verb: 'escalate-to-team',
      team: PAYROLL,
      reason: 'Needs their access',
    });
    expect(escalated.ok && escalated.value.tell).toEqual([]);
    records.run('cem', 'desk', 'd1', { verb: 'escalate-to-team', team: NETWORK, reason: 'Not ours' });
    const raised = records.run('bo', 'desk', 'd1', { verb: 'escalate-upward', reason: 'Stands still' });
    expect(raised.ok && raised.value.tell.map(({ person: who }) => who)).not.toContain(id('lea'));
    expect(records.ticket('d1').watchers).toContain(id('lea'));
  });

  test('[DSK-151] [DSK-154] nor is whoever it calls behind steps that reach nobody', () => {
    const escalated = (...steps: readonly ChainStep[]) => {
      const records = open(steps);
      const teams = new Map([...DIRECTORY.teams].map(([key, team]) => [key, { ...team, lead: id('lea') }]));
      Object.assign(records.directory, { teams });
      records.run('cem', 'desk', 'd1', { verb: 'assign', team: PAYROLL, owner: null });
      const act = { verb: 'escalate-to-team', team: NETWORK, reason: 'Not ours' } as const;
      const answered = records.run('cem', 'desk', 'd1', act);
      return answered.ok && answered.value.tell.map(({ person: who }) => who);
    };
    expect(escalated(person('gone'), wait(5), person('lea'), wait(5))).toEqual([]);
    expect(escalated(person('bo'), wait(5), person('lea'), wait(5))).toEqual([id('lea')]);
    expect(escalated(wait(5), person('lea'), wait(5))).toEqual([id('lea')]);
  });

  test('[DSK-152] goes from one to the next after the wait between them, and round again', () => {
    const records = open([person('ana'), wait(5), person('bo'), person('lea'), wait(10)], 1);
    begin(records);
    expect(minutesAhead(records)).toBe(0);
    expect(goOn(records)).toEqual(['called ana']);
    expect(minutesAhead(records)).toBe(5);
    expect(goOn(records)).toEqual(['called bo']);
    expect(minutesAhead(records)).toBe(0);
    expect(goOn(records)).toEqual(['called lea']);
    expect(minutesAhead(records)).toBe(10);
    expect(goOn(records)).toEqual(['called ana']);
    expect(call(records).taken.at(-1)).toMatchObject({ round: 1, step: 0 });
  });

  test('[DSK-152] may give its team time before anybody is called', () => {
    const records = open([wait(15), person('ana'), wait(5)]);
    begin(records);
    expect(minutesAhead(records)).toBe(15);
  });

  test('[DSK-153] takes each step once, by the system alone', () => {
    const records = open([person('ana'), wait(5), person('bo'), wait(5)]);
    begin(records);
    const first = { verb: 'take-call-step', call: call(records).id, round: 0, step: 0 } as const;
    expect(records.run('lea', 'desk', 'd1', first)).toMatchObject({
      refusal: { code: 'desk/not-permitted' },
    });
    expect(records.run('system', 'desk', 'd1', first).ok).toBe(true);
    expect(records.run('system', 'desk', 'd1', first)).toMatchObject({
      refusal: { code: 'desk/nothing-to-change' },
    });
    expect(records.run('system', 'desk', 'd1', { ...first, call: 99, step: 2 }).ok).toBe(false);
    expect(call(records).taken).toHaveLength(1);
    expect(
      records.run('lea', 'desk', 'd1', { verb: 'begin-call', team: PAYROLL, cause: 'alert' }),
    ).toMatchObject({ refusal: { code: 'desk/not-permitted' } });
  });

  test('[DSK-154] leaves out who is gone or may not work on it, and goes on at once from a step without anybody', () => {
    const records = open([person('gone'), person('rita'), lead(NETWORK), wait(5), all(NETWORK), wait(5)], 1);
    begin(records);
    for (const step of [0, 1, 2]) {
      expect(minutesAhead(records)).toBe(0);
      expect(goOn(records)).toEqual([]);
      expect(records.history('d1').at(-1)?.event).toMatchObject({
        type: 'call-step-taken',
        step,
        people: [],
      });
    }
    expect(minutesAhead(records)).toBe(0);
    expect(goOn(records)).toEqual(['called ana', 'called bo', 'called lea']);
    expect(minutesAhead(records)).toBe(5);
  });

  test('[DSK-154] calls whoever is on call at that moment, and says where nobody is', () => {
    const nights: Schedule = {
      ...{ id: scheduleId('nights'), version: 1, name: 'Nights', team: null, zone: 'UTC', cover: null },
      layers: [],
      overrides: [
        {
          ...{ id: 'o', person: id('bo'), by: id('bo'), note: '', madeAt: 0, since: 1 },
          from: 0,
          to: MONDAY_9 + 30 * MINUTE,
        },
      ],
      swaps: [],
      removedAt: null,
    };
    const step: ChainStep = { kind: 'schedule', schedule: nights.id, name: nights.name };
    const records = open([step, wait(60), step, wait(5)], 0, new Map([[nights.id, nights]]));
    begin(records);
    expect(goOn(records)).toEqual(['called bo']);
    expect(goOn(records)).toEqual([]);
    expect(records.history('d1').at(-1)?.event).toMatchObject({ means: step, people: [] });
    expect(minutesAhead(records)).toBe(0);
  });

  test('[DSK-154] reaches nobody outside of a restricted ticket’s readers', () => {
    const records = open([person('cem'), person('ana'), wait(5)]);
    records.run('ana', 'desk', 'd1', { verb: 'restrict', team: NETWORK, people: [], reason: 'A leak.' });
    begin(records);
    expect([goOn(records), goOn(records)]).toEqual([[], ['called ana']]);
  });

  test('[DSK-154] [DSK-160] a round that reached nobody is not repeated', () => {
    const records = open([person('gone'), wait(5)], 5);
    begin(records, 'ana');
    goOn(records);
    expect(minutesAhead(records)).toBe(0);
    expect(goOn(records)).toEqual(['call-used-up lea', 'call-used-up ana']);
  });

  test('[DSK-155] notifies nobody twice of what is called at once', () => {
    const records = open([person('ana'), all(NETWORK), wait(5), person('ana'), wait(5)]);
    begin(records);
    expect(goOn(records)).toEqual(['called ana']);
    expect(goOn(records)).toEqual(['called bo', 'called lea']);
    expect(call(records).taken.at(-1)?.people).toContain(id('ana'));
    expect(goOn(records)).toEqual(['called ana']);
  });

  test('[DSK-156] ends by the word of somebody whom it called, and the others hear of it', () => {
    const records = open([person('ana'), wait(5), person('bo'), wait(5)]);
    begin(records);
    goOn(records);
    expect(answer(records, 'bo')).toMatchObject({ refusal: { code: 'desk/not-called' } });
    goOn(records);
    const said = answer(records, 'bo');
    expect(said.ok && said.value.tell.map((tell) => `${tell.kind} ${tell.person}`)).toEqual([
      'call-over ana',
      'call-over lea',
    ]);
    expect(call(records)).toMatchObject({ state: 'acknowledged', endedBy: id('bo') });
    expect(goOn(records)).toEqual(['over']);
  });

  test('[DSK-156] the owner may answer, and taking the ticket on is an answer', () => {
    const owned = open([person('ana'), wait(5)]);
    owned.run('bo', 'desk', 'd1', { verb: 'claim' });
    begin(owned);
    expect(answer(owned, 'bo').ok).toBe(true);
    const taken = open([person('ana'), wait(5)]);
    begin(taken);
    taken.run('cem', 'desk', 'd1', { verb: 'claim' });
    expect(call(taken)).toMatchObject({ state: 'acknowledged', endedBy: id('cem') });
  });

  test('[DSK-156] whoever assigns it to themselves has it, also when its chain is used up', () => {
    const assign = (owner: PersonId, team: TeamId) => ({ verb: 'assign', team, owner, reason: '' }) as const;
    const records = open([person('ana'), wait(5)]);
    begin(records, 'cem');
    records.run('lea', 'desk', 'd1', assign(id('bo'), NETWORK));
    expect(call(records).state).toBe('calling');
    records.run('ana', 'desk', 'd1', assign(id('ana'), NETWORK));
    expect(call(records)).toMatchObject({ state: 'acknowledged', endedBy: id('ana') });
    const late = open([person('ana'), wait(5)]);
    begin(late, 'cem');
    goOn(late);
    goOn(late);
    expect(call(late).state).toBe('used-up');
    const taken = late.run('ana', 'desk', 'd1', { verb: 'claim' });
    expect(call(late)).toMatchObject({ state: 'acknowledged', endedBy: id('ana') });
    expect(taken.ok && taken.value.tell.map((tell) => `${tell.kind} ${tell.person}`)).toEqual([
      'call-over cem',
      'call-over lea',
    ]);
  });

  test('[DSK-157] what was said of one call ends no newer one', () => {
    const records = open([person('ana'), wait(5)]);
    begin(records);
    goOn(records);
    const basis = records.ticket('d1').version;
    goOn(records);
    begin(records);
    goOn(records);
    const anew = { value: { events: [], superseded: { reason: 'called-anew', by: { what: 'call-begun' } } } };
    expect(answer(records, 'ana', { basis })).toMatchObject(anew);
    const stop = { verb: 'stop-call', team: NETWORK, reason: 'A false alarm' } as const;
    expect(records.run('cem', 'desk', 'd1', stop, { basis })).toMatchObject(anew);
    expect(call(records).state).toBe('calling');
    expect(answer(records, 'ana').ok && call(records).state).toBe('acknowledged');
  });

  test('[DSK-157] of two who answer at once the first stands and the second is told', () => {
    const records = open([all(NETWORK), wait(5)]);
    begin(records);
    goOn(records);
    const basis = records.ticket('d1').version;
    answer(records, 'ana');
    expect(answer(records, 'bo', { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: id('ana') } } },
    });
    expect(call(records).endedBy).toBe(id('ana'));
    expect(answer(records, 'bo')).toMatchObject({
      refusal: { code: 'desk/call-state', state: 'acknowledged' },
    });
  });

  test('[DSK-157] two who call a team at once have called it once', () => {
    const records = open([person('ana'), wait(5)]);
    const basis = records.ticket('d1').version;
    begin(records);
    const second = records.run('cem', 'desk', 'd1', { verb: 'begin-call', team: NETWORK }, { basis });
    expect(second).toMatchObject({ value: { superseded: { by: { person: id('lea') } } } });
    expect(begin(records)).toMatchObject({ refusal: { code: 'desk/nothing-to-change' } });
  });

  test('[DSK-158] an answer that comes late counts from when it was given, and says so', () => {
    const records = open([person('ana'), wait(5), person('bo'), wait(5)]);
    begin(records);
    goOn(records);
    const basis = records.ticket('d1').version;
    const clientAt = records.now + MINUTE;
    goOn(records);
    answer(records, 'ana', { basis, clientAt });
    expect(records.history('d1').at(-1)?.event).toMatchObject({ type: 'call-acknowledged', late: true });
    expect(call(records)).toMatchObject({ state: 'acknowledged', endedBy: id('ana'), endedAt: clientAt });
  });

  test('[DSK-158] an answer to a chain that was used up is heard by those who were told that', () => {
    const records = open([person('ana'), wait(5)]);
    begin(records, 'bo');
    goOn(records);
    expect(goOn(records)).toEqual(['call-used-up lea', 'call-used-up bo']);
    const said = answer(records, 'ana');
    expect(said.ok && said.value.tell.map(({ person: who }) => who)).toEqual([id('bo'), id('lea')]);
    expect(call(records).state).toBe('acknowledged');
  });
});
