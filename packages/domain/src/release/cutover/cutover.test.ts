import { describe, expect, test } from 'vitest';
import { MINUTE, NOW, deploying, drafted, refusedFor, step, stepId } from '../test-night.ts';
import { CutoverClock } from './clock.ts';
import type { TimedStep } from './clock.ts';
import { cutoverClock, deploymentSteps } from './of-release.ts';
import { isTurnedBack, rollbackOrder } from './rollback.ts';

const timed = (id: string, minutes: number, ...after: readonly string[]): TimedStep => ({
  id,
  minutes,
  after,
  startedAt: null,
  tick: null,
});

describe('the cut-over clock', () => {
  // stop → copy (30) → start, and stop → notes (5) → start
  const PLAN = [
    timed('stop', 10),
    timed('copy', 30, 'stop'),
    timed('notes', 5, 'stop'),
    timed('start', 15, 'copy', 'notes'),
  ];
  const minutes = (at: number | null | undefined) => (at == null ? null : (at - NOW) / MINUTE);

  test('[REL-32] [REL-33] times, slack and critical path of a night that goes on', () => {
    const clock = new CutoverClock(PLAN, { startsAt: NOW, now: NOW - 30 * MINUTE });
    expect(minutes(clock.projectedEndAt)).toBe(55);
    expect(clock.criticalPath()).toEqual(['stop', 'copy', 'start']);
    expect(clock.timesOf('notes')).toEqual({
      startsAt: NOW + 10 * MINUTE,
      endsAt: NOW + 15 * MINUTE,
      latestStartAt: NOW + 35 * MINUTE,
      latestEndAt: NOW + 40 * MINUTE,
      slackMs: 25 * MINUTE,
    });
    const [stop = timed('', 0), ...rest] = PLAN;
    clock.advance(NOW + 20 * MINUTE);
    expect(minutes(clock.projectedEndAt)).toBe(75);
    clock.update([{ ...stop, startedAt: NOW, tick: { at: NOW + 20 * MINUTE } }, ...rest]);
    expect(minutes(clock.projectedEndAt)).toBe(65);
    expect(clock.criticalPath()).toEqual(['copy', 'start']);
    expect(clock.timesOf('stop')).toMatchObject({ startsAt: NOW, slackMs: null });
    expect(minutes(clock.plannedEndAt)).toBe(55);
  });

  test('[REL-32] what is under way and late ends now, and a checklist without steps has no end', () => {
    const clock = new CutoverClock([{ ...timed('a', 10), startedAt: NOW }, timed('b', 5, 'a')], {
      startsAt: NOW,
      now: NOW + 5 * MINUTE,
    });
    expect(minutes(clock.projectedEndAt)).toBe(15);
    clock.advance(NOW + 60 * MINUTE);
    expect(minutes(clock.projectedEndAt)).toBe(65);
    const empty = new CutoverClock([], { startsAt: NOW, now: NOW });
    expect([empty.projectedEndAt, empty.plannedEndAt, empty.criticalPath()]).toEqual([null, null, []]);
  });

  test('[REL-33] what began before its turn was taken back does not press the step before it', () => {
    const [a, b] = [timed('a', 10), timed('b', 30, 'a')];
    const clock = new CutoverClock([a, b], { startsAt: NOW, now: NOW });
    const begun = { ...b, startedAt: NOW };
    for (const steps of [
      [{ ...a, tick: { at: NOW } }, b],
      [{ ...a, tick: { at: NOW } }, begun],
      [a, begun],
    ])
      clock.update(steps);
    expect([minutes(clock.projectedEndAt), clock.timesOf('a')?.slackMs]).toEqual([30, 20 * MINUTE]);
  });

  test('[REL-34] a tick computes what comes after it, and not the rest of 400 steps', () => {
    const chains = Array.from({ length: 400 }, (_, n) =>
      timed(`s${n}`, 5, ...(n < 40 ? [] : [`s${n - 40}`])),
    );
    const clock = new CutoverClock(chains, { startsAt: NOW, now: NOW });
    const before = clock.computed;
    clock.set({ ...timed('s7', 5), tick: { at: NOW + MINUTE } });
    // ten steps of one chain, with the way to the end before the ticked one
    expect(clock.computed - before).toBeLessThanOrEqual(12);
    const minute = clock.computed;
    clock.advance(NOW);
    expect(clock.computed - minute).toBeLessThanOrEqual(41);
  });

  test('[REL-34] another plan is taken over as a whole', () => {
    const clock = new CutoverClock(PLAN, { startsAt: NOW, now: NOW });
    clock.update([...PLAN, timed('check', 20, 'start')]);
    expect(minutes(clock.projectedEndAt)).toBe(75);
    clock.update(PLAN.map((each) => (each.id === 'copy' ? { ...each, minutes: 60 } : each)));
    expect(minutes(clock.projectedEndAt)).toBe(85);
    expect(clock.timesOf('check')).toBeNull();
  });
});

describe('the clock of a release', () => {
  test('[REL-32] it shows the deployment, from the planned begin until it really began', () => {
    const night = deploying(
      step(1, { phase: 'building' }),
      step(2),
      step(3, { after: [stepId(1), stepId(2)] }),
    );
    const { beginsAt } = night.it;
    expect(cutoverClock({ ...night.it, deployingAt: null }, NOW).projectedEndAt).toBe(
      (beginsAt ?? 0) + 20 * MINUTE,
    );
    const clock = cutoverClock(night.it, NOW);
    expect([clock.projectedEndAt, clock.timesOf(stepId(1))]).toEqual([NOW + 20 * MINUTE, null]);
    night.now = NOW + 4 * MINUTE;
    night.do('ana', { verb: 'tick', step: stepId(2) });
    clock.advance(night.now);
    clock.update(deploymentSteps(night.it));
    expect(clock.projectedEndAt).toBe(NOW + 14 * MINUTE);
  });
});

describe('the way back', () => {
  const steps = [
    step(1),
    step(2, { after: [stepId(1)], rollback: '' }),
    step(3, { after: [stepId(2)] }),
    step(4, { after: [stepId(1)], noReturn: true }),
    step(5, { after: [stepId(3)] }),
  ];
  const tick = (n: number) => ({ verb: 'tick', step: stepId(n) }) as const;
  const back = (n: number) => ({ verb: 'roll-back-step', step: stepId(n) }) as const;

  test('[REL-40] past the point of no return the release is not rolled back', () => {
    const night = deploying(...steps)
      .do('ana', tick(1))
      .do('bo', tick(4));
    expect(night.run('lea', { verb: 'transition', to: 'rolling_back', reason: 'x' })).toMatchObject(
      refusedFor('past-no-return', { step: stepId(4), by: 'bo' }),
    );
    night.do('bo', { verb: 'untick', step: stepId(4) });
    expect(night.run('lea', { verb: 'transition', to: 'rolling_back', reason: 'x' }).ok).toBe(true);
  });

  test('[REL-41] done steps with something to undo come back in reverse order, and then it is rolled back', () => {
    const night = deploying(...steps);
    for (const n of [1, 2, 3]) night.do('ana', tick(n));
    expect(night.run('ana', back(3))).toMatchObject(refusedFor('release-fixed'));
    expect(isTurnedBack(night.it)).toBe(false);
    night.to('rolling_back');
    expect(isTurnedBack(night.it)).toBe(true);
    expect(rollbackOrder(night.it).map(({ id }) => id)).toEqual([stepId(3), stepId(1)]);
    expect(night.run('ana', tick(5))).toMatchObject(refusedFor('phase-not-running'));
    expect(night.run('ana', back(1))).toMatchObject(refusedFor('step-followed', { by: [stepId(3)] }));
    expect(night.run('ana', back(2))).toMatchObject(refusedFor('nothing-to-change'));
    expect(night.run('lea', { verb: 'transition', to: 'rolled_back' })).toMatchObject(
      refusedFor('rollback-open', { steps: [stepId(3), stepId(1)] }),
    );
    const basis = night.it.version;
    night.do('ana', back(3));
    expect(night.run('bo', back(3), { basis })).toMatchObject({
      value: { superseded: { by: { person: 'ana' } } },
    });
    night.do('ana', back(1)).to('rolled_back', 'review', 'completed');
    expect(isTurnedBack(night.it)).toBe(true);
    expect(night.step(1)).toMatchObject({ rolledBackBy: 'ana', tick: { person: 'ana' } });
  });

  test('[REL-41] of steps before the deployment nothing is undone', () => {
    const night = drafted().do('ana', { verb: 'add-steps', steps: [step(1, { phase: 'planning' })] });
    night.to('planning').through('planning');
    expect(rollbackOrder(night.it)).toEqual([]);
  });
});
