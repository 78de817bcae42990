import { describe, expect, test } from 'vitest';
import { asSeenBy, teamId, thresholdsAhead } from '../shared/index.ts';
import type { Directory, TicketAct } from '../shared/index.ts';
import { DIRECTORY, NETWORK, PAYROLL, actor, id } from '../shared/test-support/organisation.ts';
import { HOUR, MINUTE, MONDAY_9, Records, creating } from '../shared/test-support/records.ts';
import { RESOLVE } from '../shared/test-support/walk.ts';
import { desk } from './desk.ts';

const UP: TicketAct = { verb: 'escalate-upward', reason: 'The branch stands still' };
const toTeam = (team: typeof NETWORK): TicketAct => ({
  verb: 'escalate-to-team',
  team,
  reason: 'Needs their access',
});

/** The network's lead is Lea. */
const LED: Directory = {
  ...DIRECTORY,
  teams: new Map(
    [...DIRECTORY.teams.values()].map((team) => [
      team.id,
      team.id === NETWORK ? { ...team, lead: id('lea') } : team,
    ]),
  ),
};

function open(directory = LED): Records {
  const records = new Records(() => desk, directory);
  records.run('ana', 'desk', 'd1', creating('desk', { team: NETWORK }));
  records.run('ana', 'desk', 'd1', { verb: 'claim' });
  return records;
}

describe('escalating to another team', () => {
  test('[DSK-100] gives the work away and keeps who is in touch with the requester', () => {
    const records = open();
    expect(records.run('ana', 'desk', 'd1', toTeam(PAYROLL)).ok).toBe(true);
    expect(records.ticket('d1')).toMatchObject({
      team: PAYROLL,
      owner: null,
      escalation: { level: 0, contact: id('ana') },
    });
    records.run('cem', 'desk', 'd1', { verb: 'claim' });
    const answer = records.run('rita', 'desk', 'd1', { verb: 'reply', text: 'Any news?' });
    expect(answer.ok && answer.value.tell.map(({ person }) => person).toSorted()).toEqual([
      id('ana'),
      id('cem'),
    ]);
    records.run('cem', 'desk', 'd1', toTeam(NETWORK));
    expect(records.ticket('d1').escalation?.contact).toBe(id('ana'));
  });

  test('[DSK-100] needs a reason, and another team that there is', () => {
    const records = open();
    const refused = (act: TicketAct) => records.run('ana', 'desk', 'd1', act);
    expect(refused({ ...toTeam(PAYROLL), reason: ' ' } as TicketAct)).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'reason' },
    });
    expect(refused(toTeam(teamId('moon')))).toMatchObject({ refusal: { code: 'desk/unknown-team' } });
    expect(refused(toTeam(NETWORK))).toMatchObject({ refusal: { code: 'desk/nothing-to-change' } });
  });

  test('[DSK-102] of two teams named at once the later stands, and the author of the other is told', () => {
    const records = open();
    const basis = records.ticket('d1').version;
    records.run('ana', 'desk', 'd1', toTeam(PAYROLL));
    expect(records.run('bo', 'desk', 'd1', toTeam(PAYROLL), { basis })).toMatchObject({
      value: { superseded: { reason: 'already-done', by: { person: id('ana') } } },
    });
    const back = records.run('bo', 'desk', 'd1', toTeam(NETWORK), { basis });
    expect(back).toMatchObject({ ok: true });
    expect(back.ok && back.value.tell.filter(({ kind }) => kind === 'replaced')).toMatchObject([
      { person: id('ana'), detail: { field: 'team' } },
    ]);
  });
});

describe('escalating upward', () => {
  test('[DSK-101] goes to the lead, then to those who manage major incidents, who watch from then on', () => {
    const records = open();
    const first = records.run('ana', 'desk', 'd1', UP);
    expect(first.ok && first.value.tell).toMatchObject([{ person: id('lea'), kind: 'escalated' }]);
    expect(records.ticket('d1')).toMatchObject({
      team: NETWORK,
      owner: id('ana'),
      watchers: [id('lea')],
      escalation: { level: 1, by: id('ana'), reason: 'The branch stands still' },
    });
    records.run('ana', 'desk', 'd1', UP);
    expect(records.ticket('d1').escalation?.level).toBe(2);
    expect(records.run('ana', 'desk', 'd1', UP)).toMatchObject({
      refusal: { code: 'desk/nothing-to-change', field: 'escalation' },
    });
  });

  test('[DSK-101] of a team without a lead goes to the managers at once', () => {
    const records = open(DIRECTORY);
    records.run('ana', 'desk', 'd1', UP);
    expect(records.ticket('d1')).toMatchObject({ watchers: [id('lea')], escalation: { level: 2 } });
  });

  test('[DSK-102] two who raise it at once have raised it once', () => {
    const records = open();
    const basis = records.ticket('d1').version;
    records.run('ana', 'desk', 'd1', UP);
    expect(records.run('bo', 'desk', 'd1', UP, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done' } },
    });
    expect(records.ticket('d1').escalation?.level).toBe(1);
  });

  test('[DSK-103] is ended with a reason, and only while there is work', () => {
    const records = open();
    const end: TicketAct = { verb: 'end-escalation', reason: 'Works again' };
    expect(records.run('ana', 'desk', 'd1', end)).toMatchObject({
      refusal: { code: 'desk/nothing-to-change' },
    });
    records.run('ana', 'desk', 'd1', UP);
    records.run('lea', 'desk', 'd1', end);
    expect(records.ticket('d1').escalation).toMatchObject({ level: 0, by: null, reason: null });
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'triaged' });
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'assigned' });
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'in_progress' });
    records.run('ana', 'desk', 'd1', RESOLVE);
    expect(records.run('ana', 'desk', 'd1', UP)).toMatchObject({ refusal: { code: 'desk/not-open' } });
  });

  test('[DSK-106] is not for the requester to see', () => {
    const records = open();
    records.run('ana', 'desk', 'd1', UP);
    expect(asSeenBy(actor('rita'), records.ticket('d1')).escalation).toBeNull();
  });
});

describe('thresholds of the clocks', () => {
  const pass = (percent: 75 | 100, metric: 'response' | 'resolution' = 'resolution'): TicketAct => ({
    verb: 'pass-threshold',
    metric,
    percent,
  });

  test('[DSK-104] lie at three quarters and the whole of each target, in opening hours', () => {
    const records = open();
    const { createdAt } = records.ticket('d1');
    const ahead = thresholdsAhead(records.ticket('d1'), LED);
    expect(ahead.map(({ metric, percent }) => [metric, percent])).toEqual([
      ['response', 75],
      ['response', 100],
      ['resolution', 75],
      ['resolution', 100],
    ]);
    // eight hours after 09:01 the office has closed for a minute: the next morning at 08:01
    expect(createdAt).toBe(MONDAY_9 + MINUTE);
    expect(ahead.map(({ at }) => (at - createdAt) / HOUR)).toEqual([0.75, 1, 6, 23]);
  });

  test('[DSK-104] three quarters warn the owner, or the lead where there is none', () => {
    const records = open();
    expect(records.run('system', 'desk', 'd1', pass(75))).toMatchObject({
      value: { tell: [{ person: id('ana'), kind: 'threshold-passed', detail: { percent: 75 } }] },
    });
    expect(records.ticket('d1').escalation?.level).toBe(0);
    records.run('ana', 'desk', 'd2', creating('desk', { team: NETWORK }));
    expect(records.run('system', 'desk', 'd2', pass(75))).toMatchObject({
      value: { tell: [{ person: id('lea'), kind: 'threshold-passed' }] },
    });
  });

  test('[DSK-104] the whole escalates upward, and tells each person once', () => {
    const records = open();
    const answer = records.run('system', 'desk', 'd1', pass(100));
    expect(answer.ok && answer.value.tell.map(({ person, kind }) => [person, kind])).toEqual([
      [id('lea'), 'escalated'],
      [id('ana'), 'escalated'],
    ]);
    expect(records.ticket('d1').escalation).toMatchObject({ level: 1, by: 'system', reason: null });
  });

  test('[DSK-105] each speaks once, for the system alone, and a paused clock reaches none', () => {
    const records = open();
    records.run('system', 'desk', 'd1', pass(75));
    expect(records.run('system', 'desk', 'd1', pass(75))).toMatchObject({
      refusal: { code: 'desk/nothing-to-change' },
    });
    expect(records.run('lea', 'desk', 'd1', pass(100))).toMatchObject({
      refusal: { code: 'desk/not-permitted' },
    });
    expect(thresholdsAhead(records.ticket('d1'), LED)).toHaveLength(3);
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'triaged' });
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'assigned' });
    records.run('ana', 'desk', 'd1', { verb: 'transition', to: 'in_progress' });
    records.run('ana', 'desk', 'd1', {
      verb: 'transition',
      to: 'on_hold',
      holdReason: 'vendor',
      reason: 'Part is ordered',
    });
    expect(thresholdsAhead(records.ticket('d1'), LED).map(({ metric }) => metric)).toEqual([
      'response',
      'response',
    ]);
  });
});
