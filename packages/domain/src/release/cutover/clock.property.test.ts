import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CutoverClock } from './clock.ts';
import type { TimedStep } from './clock.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 5, 1, 22);

/** A checklist in which each step waits for some of those before it. */
const plans = fc
  .array(
    fc.record({ minutes: fc.nat({ max: 60 }), picks: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }) }),
    {
      minLength: 1,
      maxLength: 9,
    },
  )
  .map((rows) =>
    rows.map(({ minutes, picks }, at) => ({
      id: `s${at}`,
      minutes,
      after: [...new Set(picks.filter((pick) => pick < at))].map((pick) => `s${pick}`),
      startedAt: null,
      tick: null,
    })),
  );

/** What a crew does, a minute or more apart: looks at the clock, starts, ticks, unticks. */
const moves = fc.array(
  fc.record({
    what: fc.constantFrom('look' as const, 'start' as const, 'tick' as const, 'untick' as const),
    step: fc.nat({ max: 8 }),
    passes: fc.nat({ max: 40 }),
  }),
  { maxLength: 30, size: 'max' },
);

/** The end by every way through the checklist, one by one. */
function longestWay(steps: readonly TimedStep[], now: number): number {
  const byId = new Map(steps.map((step) => [step.id, step]));
  let longest = Number.NEGATIVE_INFINITY;
  const walk = (step: TimedStep, end: number) => {
    longest = Math.max(longest, end);
    for (const next of steps.filter(({ after }) => after.includes(step.id))) {
      if (next.tick === null && next.startedAt === null) walk(next, end + next.minutes * MINUTE);
    }
  };
  for (const step of steps) {
    if (step.tick !== null) walk(step, step.tick.at);
    else if (step.startedAt !== null) walk(step, Math.max(step.startedAt + step.minutes * MINUTE, now));
    else walk(step, Math.max(START, now) + step.minutes * MINUTE);
  }
  expect(byId.size).toBe(steps.length);
  return longest;
}

/** One of the steps that this may be done to: done when all before it are, and undone while nothing after it is. */
function moved(steps: readonly TimedStep[], what: string, pick: number, now: number): readonly TimedStep[] {
  const isDone = (id: string) => steps.find((each) => each.id === id)?.tick != null;
  const may = (step: TimedStep) => {
    if (what === 'untick')
      return step.tick !== null && !steps.some(({ id, after }) => after.includes(step.id) && isDone(id));
    const isOpen = step.tick === null && step.after.every(isDone);
    return isOpen && (what === 'tick' || (what === 'start' && step.startedAt === null));
  };
  const candidates = steps.filter(may);
  const chosen = candidates[pick % Math.max(1, candidates.length)];
  if (chosen === undefined) return steps;
  const change = what === 'start' ? { startedAt: now } : { tick: what === 'tick' ? { at: now } : null };
  return steps.map((step) => (step === chosen ? { ...step, ...change } : step));
}

/** A night, and the checklist with its clock after each move. */
function play(
  plan: readonly TimedStep[],
  acts: readonly { readonly what: string; readonly step: number; readonly passes: number }[],
  look: (steps: readonly TimedStep[], clock: CutoverClock, now: number) => void,
): void {
  let now = START - 60 * MINUTE;
  let steps: readonly TimedStep[] = plan;
  const clock = new CutoverClock(steps, { startsAt: START, now });
  look(steps, clock, now);
  for (const { what, step, passes } of acts) {
    now += passes * MINUTE;
    clock.advance(now);
    steps = moved(steps, what, step, now);
    clock.update(steps);
    look(steps, clock, now);
  }
}

describe('the cut-over clock through any night', () => {
  test('[REL-32] the projected end is the longest of all ways through what is left', () => {
    fc.assert(
      fc.property(plans, moves, (plan, acts) => {
        play(plan, acts, (steps, clock, now) => {
          expect(clock.projectedEndAt).toBe(longestWay(steps, now));
        });
      }),
    );
  });

  test('[REL-34] a clock that is kept shows what one made anew shows', () => {
    fc.assert(
      fc.property(plans, moves, (plan, acts) => {
        play(plan, acts, (steps, clock, now) => {
          const fresh = new CutoverClock(steps, { startsAt: START, now });
          expect(clock.projectedEndAt).toBe(fresh.projectedEndAt);
          for (const { id } of steps) expect(clock.timesOf(id)).toEqual(fresh.timesOf(id));
        });
      }),
    );
  });

  test('[REL-33] a step that slips by its slack moves nothing, and by a minute more moves the end by that', () => {
    fc.assert(
      fc.property(plans, moves, fc.nat({ max: 8 }), (plan, acts, pick) => {
        play(plan, acts, (steps, clock, now) => {
          const end = clock.projectedEndAt ?? 0;
          const step = steps[pick % steps.length];
          const times = step === undefined ? null : clock.timesOf(step.id);
          if (step?.tick !== null || step.startedAt !== null || times?.slackMs == null) return;
          const slipped = (ms: number) =>
            longestWay(
              steps.map((each) => (each === step ? { ...step, minutes: step.minutes + ms / MINUTE } : each)),
              now,
            );
          expect(slipped(times.slackMs)).toBe(end);
          expect(slipped(times.slackMs + MINUTE)).toBe(end + MINUTE);
        });
      }),
    );
  });

  test('[REL-33] the critical path is a way to the end on which nothing has slack', () => {
    fc.assert(
      fc.property(plans, moves, (plan, acts) => {
        play(plan, acts, (steps, clock) => {
          const path = clock.criticalPath();
          const left = steps.filter(({ tick }) => tick === null);
          if (left.length === 0) expect(path).toEqual([]);
          for (const [at, id] of path.entries()) {
            expect(clock.timesOf(id)?.slackMs).toBe(0);
            if (at > 0) expect(steps.find((each) => each.id === id)?.after).toContain(path[at - 1]);
          }
          const last = path.at(-1);
          if (last !== undefined) expect(clock.timesOf(last)?.endsAt).toBe(clock.projectedEndAt);
        });
      }),
    );
  });
});
