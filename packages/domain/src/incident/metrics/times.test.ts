import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../../shared/index.ts';
import { MINUTE, Records, creating } from '../../shared/test-support/records.ts';
import { REOPEN, RESOLVE } from '../../shared/test-support/walk.ts';
import { incident } from '../index.ts';
import { isMeasured, meansByMonth, meansOf, measuredOf, timesOf } from './times.ts';
import type { MajorTimes } from './times.ts';

const move = (to: 'investigating' | 'identified' | 'fixing' | 'monitoring'): TicketAct => ({
  verb: 'move-phase',
  to,
});

/** An incident on which each act takes a minute. */
function played(...steps: readonly (readonly [who: string, act: TicketAct])[]) {
  const records = new Records(() => incident);
  records.run('ana', 'incident', 'i1', creating('incident'));
  for (const [who, act] of steps) {
    const answer = records.run(who, 'incident', 'i1', act);
    if (!answer.ok) throw new Error(answer.refusal.code);
  }
  return records.ticket('i1');
}

const PROPOSE: TicketAct = { verb: 'propose-major', severity: 2, reason: 'All of them.' };
const ACCEPT: TicketAct = { verb: 'accept-major' };

function times(ticket: ReturnType<typeof played>): MajorTimes {
  if (ticket.major === null) throw new Error('not a major incident');
  return timesOf(ticket.createdAt, ticket.major);
}

describe('times of a major incident', () => {
  test('[INC-116] noticing counts from its opening, answering from its proposal', () => {
    const ticket = played(
      ['ana', { verb: 'claim' }],
      ['ana', PROPOSE],
      ['bo', { verb: 'watch' }],
      ['lea', ACCEPT],
    );
    expect(times(ticket)).toEqual({
      detect: 2 * MINUTE,
      acknowledge: 2 * MINUTE,
      mitigate: null,
      resolve: null,
    });
  });

  test('[INC-117] mitigating and resolving count from its opening, up to where it did not fall back from', () => {
    const steps = [
      ['ana', PROPOSE],
      ['lea', ACCEPT],
      ['lea', move('investigating')],
      ['lea', move('identified')],
      ['lea', move('fixing')],
      ['lea', move('monitoring')],
    ] as const;
    expect(times(played(...steps)).mitigate).toBe(6 * MINUTE);
    const failed = [...steps, ['lea', move('investigating')]] as const;
    expect(times(played(...failed)).mitigate).toBeNull();
    const resolved = [
      ...failed,
      ['ana', { verb: 'transition', to: 'in_progress' }],
      ['ana', RESOLVE],
    ] as const;
    expect(times(played(...resolved))).toMatchObject({ mitigate: 9 * MINUTE, resolve: 9 * MINUTE });
    const reopened = [...resolved, ['lea', REOPEN]] as const;
    expect(times(played(...reopened))).toMatchObject({ mitigate: null, resolve: null });
    const again = [...reopened, ['ana', RESOLVE], ['lea', { verb: 'begin-review' }]] as const;
    expect(times(played(...again)).resolve).toBe(11 * MINUTE);
  });

  test('[INC-118] drills, and what never was or is no major incident any more, count nowhere', () => {
    const major = played(['ana', PROPOSE], ['lea', ACCEPT]);
    expect(isMeasured(major)).toBe(true);
    expect(isMeasured({ ...major, tags: ['Drill'] })).toBe(false);
    expect(isMeasured(played(['ana', PROPOSE]))).toBe(false);
    expect(
      isMeasured(played(['ana', PROPOSE], ['lea', ACCEPT], ['lea', { verb: 'demote-major', reason: 'No.' }])),
    ).toBe(false);
    expect(isMeasured(played())).toBe(false);
  });

  test('[INC-118] means are by month, each over those that reached it', () => {
    const none: MajorTimes = { detect: null, acknowledge: null, mitigate: null, resolve: null };
    const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7);
    const june = Date.UTC(2026, 5, 3);
    const months = meansByMonth(
      [
        { declaredAt: june, times: { ...none, detect: 4, resolve: 10 } },
        { declaredAt: june, times: { ...none, detect: 8 } },
        { declaredAt: Date.UTC(2026, 4, 3), times: none },
      ],
      monthOf,
    );
    expect(months).toEqual([
      { month: '2026-05', count: 1, measured: measuredOf([]), means: none },
      {
        month: '2026-06',
        count: 2,
        measured: { ...measuredOf([]), detect: 2, resolve: 1 },
        means: { ...none, detect: 6, resolve: 10 },
      },
    ]);
    expect(meansOf([])).toEqual(none);
  });
});
