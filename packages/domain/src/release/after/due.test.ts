import { describe, expect, test } from 'vitest';
import type { PhasePlan } from '../phase/phase.ts';
import { HOUR, NOW, deploying, drafted } from '../test-night.ts';
import { releaseDueAt, releaseDueByClock } from './due.ts';

describe('the clock of releases', () => {
  test('[REL-53] a watch that is over leads to the review, once its phases are completed', () => {
    const night = deploying().do('lea', { verb: 'complete-phase', phase: 'deploying' }).to('hypercare');
    const over = NOW + 48 * HOUR;
    expect(releaseDueAt(night.it)).toBe(over);
    expect(releaseDueByClock(night.it, night.facts, over)).toBeNull();
    night.do('lea', { verb: 'start-phase', phase: 'hypercare' });
    night.do('lea', { verb: 'complete-phase', phase: 'hypercare' });
    expect(releaseDueByClock(night.it, night.facts, over - 1)).toBeNull();
    const due = releaseDueByClock(night.it, night.facts, over);
    expect(due).toEqual({ verb: 'transition', to: 'review' });
    night.now = over;
    night.do('system', due!);
    expect(releaseDueByClock(night.it, night.facts, over)).toBeNull();
    expect(releaseDueAt(night.it)).toBeNull();
  });

  test('[REL-13] phases paced by dates are looked at when they begin and when they end', () => {
    const [beginsAt, endsAt] = [NOW + HOUR, NOW + 2 * HOUR];
    const phase: PhasePlan = { id: 'plan', name: 'Plan', stage: 'planning', beginsAt, endsAt, gates: [] };
    const night = drafted({ pace: 'dates' }, [phase]);
    expect(releaseDueAt(night.it)).toBeNull();
    night.to('planning');
    expect(releaseDueAt(night.it)).toBe(NOW + HOUR);
    night.now = NOW + HOUR;
    night.do('system', releaseDueByClock(night.it, night.facts, night.now)!);
    expect(releaseDueAt(night.it)).toBe(NOW + 2 * HOUR);
  });
});
