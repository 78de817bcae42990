import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../../shared/index.ts';
import { commanderOf } from '../../shared/index.ts';
import { bringMajor } from '../../shared/test-support/major.ts';
import { id } from '../../shared/test-support/organisation.ts';
import { Records } from '../../shared/test-support/records.ts';
import { incident } from '../index.ts';

const offer = (to: string): TicketAct => ({ verb: 'offer-command', to: id(to) });
const ANSWER = { accept: { verb: 'answer-command', answer: 'accept' } } as const;
const DECLINE: TicketAct = { verb: 'answer-command', answer: 'decline' };

function openMajor(): Records {
  const records = new Records(() => incident);
  bringMajor(records, 'i1');
  return records;
}

const majorOf = (records: Records) => records.ticket('i1').major;

describe('the command', () => {
  test('[INC-16] it is neither laid down nor taken, and passes to one person only', () => {
    const records = openMajor();
    const held = { refusal: { code: 'incident/command-held', commander: id('lea') } };
    const lay: TicketAct = { verb: 'renounce-role', role: 'commander', person: id('lea') };
    const take: TicketAct = { verb: 'assign-role', role: 'commander', person: id('ana') };
    expect(records.run('lea', 'incident', 'i1', lay)).toMatchObject(held);
    expect(records.run('ana', 'incident', 'i1', take)).toMatchObject(held);
    records.run('lea', 'incident', 'i1', offer('ana'));
    expect(commanderOf(majorOf(records))).toBe(id('lea'));
    records.run('ana', 'incident', 'i1', ANSWER.accept);
    expect(majorOf(records)?.roles.map(({ role, person }) => [role, person])).toEqual([
      ['commander', id('ana')],
    ]);
  });

  test('[INC-17] who it is offered to accepts, and the one before is told', () => {
    const records = openMajor();
    expect(records.run('lea', 'incident', 'i1', offer('bo'))).toMatchObject({
      value: { tell: [{ person: id('bo'), kind: 'command-offered' }] },
    });
    expect(records.run('ana', 'incident', 'i1', ANSWER.accept)).toMatchObject({
      refusal: { code: 'incident/no-offer' },
    });
    expect(records.run('bo', 'incident', 'i1', ANSWER.accept)).toMatchObject({
      value: {
        events: [{ type: 'command-passed', to: id('bo'), before: id('lea') }],
        tell: [{ person: id('lea'), kind: 'command-passed' }],
      },
    });
  });

  test('[INC-17] an offer that was declined or taken back is accepted by nobody', () => {
    const records = openMajor();
    records.run('lea', 'incident', 'i1', offer('bo'));
    expect(records.run('cem', 'incident', 'i1', DECLINE)).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    const basis = records.ticket('i1').version;
    records.run('lea', 'incident', 'i1', DECLINE);
    expect(records.run('bo', 'incident', 'i1', ANSWER.accept, { basis })).toMatchObject({
      refusal: { code: 'incident/no-offer', by: id('lea') },
    });
    expect(records.run('lea', 'incident', 'i1', offer('rita'))).toMatchObject({
      refusal: { code: 'incident/invalid-value', field: 'to' },
    });
  });

  test('[INC-18] of two offers at once the earlier stands, its rival is shown it, and all are told', () => {
    const records = openMajor();
    records.run('lea', 'incident', 'i1', offer('ana'));
    records.run('ana', 'incident', 'i1', ANSWER.accept);
    const basis = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', offer('bo'));
    const late = records.run('lea', 'incident', 'i1', offer('cem'), { basis });
    expect(late).toMatchObject({
      value: {
        events: [],
        superseded: {
          reason: 'command-on-offer',
          by: { person: id('ana'), what: 'command-offered', detail: { to: id('bo') } },
        },
      },
    });
    const told = late.ok ? late.value.tell.map(({ person }) => person) : [];
    expect(told).toEqual([id('ana'), id('bo'), id('cem')]);
    expect(majorOf(records)).toMatchObject({ offer: { to: id('bo'), by: id('ana') } });
    expect(records.run('lea', 'incident', 'i1', offer('cem'))).toMatchObject({
      refusal: { code: 'incident/command-on-offer', to: id('bo') },
    });
    expect(majorOf(records)?.roles.filter(({ role }) => role === 'commander')).toHaveLength(1);
  });
});

describe('the other roles', () => {
  const take = (role: 'scribe' | 'expert' | 'deputy', who: string): TicketAct => ({
    verb: 'assign-role',
    role,
    person: id(who),
  });

  test('[INC-19] anybody who works on incidents takes a free role and leaves it again', () => {
    const records = openMajor();
    expect(records.run('bo', 'incident', 'i1', take('scribe', 'bo')).ok).toBe(true);
    expect(records.run('cem', 'incident', 'i1', take('scribe', 'cem'))).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    for (const who of ['bo', 'cem']) records.run(who, 'incident', 'i1', take('expert', who));
    expect(majorOf(records)?.roles.filter(({ role }) => role === 'expert')).toHaveLength(2);
    records.run('bo', 'incident', 'i1', { verb: 'renounce-role', role: 'scribe', person: id('bo') });
    expect(records.run('cem', 'incident', 'i1', take('scribe', 'cem')).ok).toBe(true);
  });

  test('[INC-19] a leader gives a role to another, and who held it is told', () => {
    const records = openMajor();
    records.run('bo', 'incident', 'i1', take('scribe', 'bo'));
    expect(records.run('lea', 'incident', 'i1', take('scribe', 'cem'))).toMatchObject({
      value: {
        events: [{ type: 'role-assigned', role: 'scribe', person: id('cem'), before: id('bo') }],
        tell: [{ person: id('cem') }, { person: id('bo'), detail: { to: id('cem') } }],
      },
    });
    expect(records.run('lea', 'incident', 'i1', take('deputy', 'lea'))).toMatchObject({
      refusal: { code: 'incident/command-held' },
    });
  });
});
