import { describe, expect, test } from 'vitest';
import type { Problem, ProblemEvent } from '../problem/index.ts';
import { SYSTEM, personId, recordId } from '../shared/index.ts';
import type { Call, Ticket } from '../shared/index.ts';
import { afterProblem } from './index.ts';

const ticket = (id: string, given: Partial<Ticket> = {}): Ticket =>
  ({
    id,
    process: 'incident',
    state: 'in_progress',
    holdReason: null,
    requester: personId('rita'),
    calls: [],
    owner: personId('bo'),
    ...given,
  }) as Ticket;

const INCIDENTS = [
  ticket('open'),
  ticket('waiting', { state: 'on_hold', holdReason: 'problem', owner: null }),
  ticket('for-caller', { state: 'on_hold', holdReason: 'caller' }),
  ticket('resolved', { state: 'resolved' }),
];
const ALL = INCIDENTS.map(({ id }) => id);

function follow(event: ProblemEvent, given: Partial<Problem> = {}, incidents = INCIDENTS) {
  const problem = {
    ...{ id: 'p1', number: 'PRB-2026-00001', title: 'Tunnel', fix: 'A new cable', state: 'resolved' },
    ...{ incidents: ALL, resolution: null, ...given },
  } as Problem;
  const recorded = { seq: 1, version: 2, event, actor: personId('ana'), at: 5, clientAt: 5 };
  return afterProblem(recorded, problem, new Map(incidents.map((each) => [each.id, each])));
}

const stepped = (to: Problem['state'], reason: string | null = null): ProblemEvent => ({
  type: 'problem-stepped',
  from: 'fix_in_progress',
  to,
  reason,
});
const FIXED = { resolution: { code: 'fix_applied', notes: '', by: personId('ana'), at: 5 } } as const;
const RESOLVE = {
  type: 'incident.transition',
  target: 'waiting',
  args: { to: 'resolved', code: 'Resolved by problem', notes: 'PRB-2026-00001 is fixed: A new cable' },
};

describe('what follows from a problem', () => {
  test('[FLW-40] a workaround is a note on each open incident that it is for, and its owner is told', () => {
    const event = { type: 'workaround-communicated', text: 'Restart it', incidents: [...ALL, null] } as const;
    const follows = follow(event);
    expect(follows.map(({ target }) => target)).toEqual(['open', 'waiting', 'for-caller']);
    expect(follows[0]).toMatchObject({
      type: 'incident.comment',
      args: { text: 'PRB-2026-00001 has a workaround: Restart it' },
      tell: [{ person: 'bo', kind: 'problem-item', detail: { what: 'workaround', problem: 'p1' } }],
    });
    expect(follows[1]?.tell).toEqual([]);
    expect(follow({ ...event, incidents: [recordId('open')] })).toHaveLength(1);
  });

  test('[FLW-43] that of a known error is a reply to the callers too, without a word of the problem', () => {
    const event = { type: 'workaround-communicated', text: 'Restart it', incidents: [] } as const;
    const incidents = [...INCIDENTS, ticket('alert', { requester: SYSTEM })];
    const callers = [...incidents.map(({ id }) => id), null];
    const follows = follow({ ...event, callers }, {}, incidents);
    expect(follows.map(({ type, target }) => [type, target])).toEqual([
      ...['open', 'waiting', 'for-caller'].map((id) => ['incident.reply', id]),
    ]);
    expect(follows[0]?.args).toEqual({
      text: 'This is a known error. What helps until it is fixed: Restart it',
    });
    expect(follow(event)).toEqual([]);
  });

  test('[FLW-44] nobody is called any more for an incident that is told what helps', () => {
    const event = { type: 'workaround-communicated', text: 'Restart it', incidents: ALL } as const;
    const call = (team: string | null, state: string) => ({ team, state }) as unknown as Call;
    const calls = [call('net', 'calling'), call(null, 'calling'), call('db', 'acknowledged')];
    const incidents = [ticket('open', { calls }), ticket('resolved', { state: 'resolved', calls })];
    const stops = follow(event, {}, incidents).filter(({ type }) => type === 'incident.stop-call');
    const reason = 'PRB-2026-00001 has a workaround.';
    expect(stops).toMatchObject([
      { target: 'open', args: { team: 'net', reason } },
      { target: 'open', args: { team: null, reason } },
    ]);
    expect(new Set(stops.map(({ part }) => part)).size).toBe(2);
  });

  test('[FLW-41] a fix resolves what waits for it, and nothing else', () => {
    expect(follow(stepped('resolved'), FIXED)).toMatchObject([RESOLVE]);
    expect(follow(stepped('closed'), { ...FIXED, state: 'closed' })).toMatchObject([RESOLVE]);
    expect(follow(stepped('fix_in_progress'), { state: 'fix_in_progress' })).toEqual([]);
  });

  test('[FLW-41] run again on what it made, it makes nothing', () => {
    const after = INCIDENTS.map((each) => (each.state === 'on_hold' ? { ...each, state: 'resolved' } : each));
    expect(follow(stepped('resolved'), FIXED, after)).toEqual([]);
  });

  test('[FLW-50] a problem that is cancelled is a note on its open incidents, which says which still wait for it', () => {
    const follows = follow(stepped('cancelled', 'Not ours'), { state: 'cancelled' });
    expect(follow(stepped('cancelled', 'Not ours.'), { state: 'cancelled' })).toEqual(follows);
    expect(follows.map(({ type, target, args }) => [type, target, args])).toEqual([
      ['incident.comment', 'open', { text: 'PRB-2026-00001 was cancelled. Not ours.' }],
      [
        ...['incident.comment', 'waiting'],
        { text: 'PRB-2026-00001 was cancelled. Not ours. It is still on hold for a problem.' },
      ],
      ['incident.comment', 'for-caller', { text: 'PRB-2026-00001 was cancelled. Not ours.' }],
    ]);
    expect(follows[0]?.tell).toMatchObject([{ person: 'bo', detail: { what: 'ended' } }]);
  });

  test('[FLW-42] an accepted risk, and a problem that happens no more, are notes alone', () => {
    for (const follows of [
      follow(stepped('risk_accepted', 'Rare'), { state: 'risk_accepted' }),
      follow(stepped('resolved', 'The site closed'), { resolution: { ...FIXED.resolution, code: 'gone' } }),
    ]) {
      expect(follows.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'incident.comment'));
    }
    const gone = { state: 'closed', resolution: { ...FIXED.resolution, code: 'gone' } } as const;
    expect(follow(stepped('closed'), gone)).toEqual([]);
  });
});
