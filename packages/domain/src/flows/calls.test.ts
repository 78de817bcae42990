import { describe, expect, test } from 'vitest';
import { deciderOf } from '../index.ts';
import { MAJOR_CHAIN } from '../shared/index.ts';
import type { Chain, Directory, TicketAct } from '../shared/index.ts';
import { DIRECTORY, NETWORK, PAYROLL, id } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { reactionsTo } from './index.ts';

const chain = (of: string, ...people: readonly string[]): Chain => ({
  id: of,
  version: 1,
  name: of,
  steps: [
    ...people.map((name) => ({ kind: 'person', person: id(name) }) as const),
    { kind: 'wait', minutes: 5 },
  ],
  repeats: 0,
});

const CHAINED: Directory = {
  ...DIRECTORY,
  chains: new Map([
    [NETWORK, chain(NETWORK, 'ana', 'bo')],
    [MAJOR_CHAIN, chain(MAJOR_CHAIN, 'lea')],
  ]),
};

/** Runs an act and what follows from its events, as the server does; answers who was called. */
function act(records: Records, who: string, what: TicketAct): readonly string[] {
  const { length } = records.history('i1');
  records.run(who, 'incident', 'i1', what);
  return follow(records, length);
}

function follow(records: Records, from: number): readonly string[] {
  const around = { related: new Map(), directory: records.directory };
  return records
    .history('i1')
    .slice(from)
    .flatMap((recorded) => reactionsTo(recorded, records.ticket('i1'), around))
    .flatMap((reaction) => {
      const { length } = records.history('i1');
      const answer = records.run('system', reaction.process, 'i1', reaction.act);
      // a minute has passed for the harness, none for the server
      const told = answer.ok ? answer.value.tell.filter(({ kind }) => kind === 'called') : [];
      return [...told.map(({ person }) => String(person)), ...follow(records, length)];
    });
}

function open(more = {}, directory = CHAINED): { records: Records; called: readonly string[] } {
  const records = new Records(deciderOf, directory);
  const called = act(records, more === ALERT ? 'system' : 'cem', creating('incident', more));
  return { records, called };
}

const ALERT = { channel: 'alert', team: NETWORK } as const;

describe('what begins a call', () => {
  test('[DSK-151] an escalation to a team that has a chain calls all before its first wait', () => {
    const { records } = open({ team: PAYROLL });
    const escalate = (team: typeof NETWORK) =>
      ({ verb: 'escalate-to-team', team, reason: 'Needs their access' }) as const;
    expect(act(records, 'cem', escalate(NETWORK))).toEqual(['ana', 'bo']);
    expect(records.ticket('i1').calls).toMatchObject([{ team: NETWORK, cause: 'escalated' }]);
    expect(act(records, 'cem', escalate(PAYROLL))).toEqual([]);
  });

  test('[DSK-151] the first raise calls the chain of the ticket’s team, a second one goes to the managers', () => {
    const { records } = open({ team: NETWORK });
    const up: TicketAct = { verb: 'escalate-upward', reason: 'Stands still' };
    expect(act(records, 'cem', up)).toEqual(['ana', 'bo']);
    expect(records.ticket('i1').calls).toMatchObject([{ cause: 'raised' }]);
    expect(act(records, 'cem', up)).toEqual([]);
  });

  test('[DSK-151] a major incident calls its own chain when it is accepted, not when it is proposed', () => {
    const { records } = open();
    expect(act(records, 'cem', { verb: 'propose-major', severity: 1, reason: 'All are out' })).toEqual([]);
    expect(act(records, 'lea', { verb: 'accept-major', severity: 1 })).toEqual(['lea']);
    expect(records.ticket('i1').calls).toMatchObject([{ team: null, cause: 'major' }]);
  });

  test('[DSK-159] a major incident that is demoted calls its chain no more, and those called hear of it', () => {
    const { records } = open();
    act(records, 'cem', { verb: 'begin-call', team: NETWORK });
    act(records, 'cem', { verb: 'propose-major', severity: 1, reason: 'All are out' });
    act(records, 'lea', { verb: 'accept-major', severity: 1 });
    const reason = 'One office alone';
    const demoted = records.run('system', 'incident', 'i1', { verb: 'demote-major', reason });
    expect(records.ticket('i1').calls).toMatchObject([
      { team: NETWORK, state: 'calling' },
      { team: null, state: 'stopped' },
    ]);
    expect(demoted.ok && demoted.value.tell).toMatchObject([
      { person: id('lea'), kind: 'call-over', detail: { stopped: true, reason } },
    ]);
  });

  test('[DSK-151] an alert that makes an incident for a team calls it, a person who makes one does not', () => {
    expect(open(ALERT).called).toEqual(['ana', 'bo']);
    expect(open({ team: NETWORK }).called).toEqual([]);
  });

  test('[DSK-151] where there is no chain nothing is called', () => {
    const { records, called } = open(ALERT, { ...DIRECTORY, chains: new Map() });
    expect(called).toEqual([]);
    expect(act(records, 'lea', { verb: 'accept-major', severity: 1 })).toEqual([]);
    expect(records.ticket('i1').calls).toEqual([]);
  });
});

describe('what ends a call', () => {
  const acknowledge: TicketAct = { verb: 'acknowledge-alerts' };
  const states = (records: Records) => records.ticket('i1').calls.map(({ state }) => state);

  test('[DSK-156] whoever was called and acknowledges the alerts has it, and the others hear of it', () => {
    const { records, called } = open(ALERT);
    expect(called).toEqual(['ana', 'bo']);
    const said = records.run('ana', 'incident', 'i1', acknowledge);
    expect(said).toMatchObject({
      value: { events: [{ type: 'alerts-acknowledged' }, { type: 'call-acknowledged', late: false }] },
    });
    expect(said.ok && said.value.tell.map(({ kind, person }) => `${kind} ${person}`)).toEqual([
      'call-over bo',
    ]);
    expect(records.ticket('i1').calls).toMatchObject([{ state: 'acknowledged', endedBy: id('ana') }]);
  });

  test('[DSK-156] what somebody acknowledges who was not called, or the source itself, ends none', () => {
    for (const who of ['cem', 'system']) {
      const { records } = open(ALERT);
      expect(records.run(who, 'incident', 'i1', acknowledge)).toMatchObject({
        value: { events: [{ type: 'alerts-acknowledged' }] },
      });
      expect(states(records)).toEqual(['calling']);
    }
  });

  test('[DSK-157] what was acknowledged before a call was seen does not end it', () => {
    const { records } = open(ALERT);
    const basis = records.ticket('i1').version;
    records.run('bo', 'incident', 'i1', { verb: 'acknowledge-call', team: NETWORK });
    act(records, 'cem', { verb: 'begin-call', team: NETWORK });
    expect(records.run('ana', 'incident', 'i1', acknowledge, { basis }).ok).toBe(true);
    expect(states(records)).toEqual(['calling']);
  });
});
