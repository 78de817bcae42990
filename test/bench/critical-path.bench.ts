/**
 * The cut-over clock of a release night: 400 steps, a crew of twenty that ticks them, a clock that shows every second
 * when all will be done. What a tick and a second cost, and what it would cost to make the clock anew each time.
 */
import { CutoverClock } from '@muster/domain/release';
import type { TimedStep } from '@muster/domain/release';
import { Random } from '../support/sync/random.ts';
import { median, quantile, report } from './report.ts';

const STEPS = 400;
const CREW = 20;
const SEED = 2026;
const MINUTE = 60_000;
const SECOND = 1_000;
const START = Date.UTC(2026, 5, 1, 22);
/** A small part of a frame, in which the page has other things to do. */
const MOST_MS = 2;

const random = new Random(SEED);
/** Twenty strands that now and then wait for one another. */
const plan: readonly TimedStep[] = Array.from({ length: STEPS }, (_, n) => ({
  id: `s${n}`,
  minutes: 1 + random.below(20),
  after: [
    ...(n < CREW ? [] : [`s${n - CREW}`]),
    ...(n < CREW || random.below(4) > 0 ? [] : [`s${random.below(n)}`]),
  ],
  startedAt: null,
  tick: null,
}));

let now = START;
let steps = plan;
const clock = new CutoverClock(steps, { startsAt: START, now });
let computedByTicks = 0;
let computedBySeconds = 0;
const ticks: number[] = [];
const seconds: number[] = [];
const anew: number[] = [];
for (let done = 0; done < STEPS; done += 1) {
  now += random.below(90) * SECOND;
  const before = clock.computed;
  seconds.push(timed(() => clock.advance(now)));
  const between = clock.computed;
  computedBySeconds += between - before;
  const open = steps.filter((step) => step.tick === null && step.after.every(isDone));
  const next = open[random.below(open.length)];
  if (next === undefined) throw new Error('the checklist has a circle');
  const at = now - random.below(5) * MINUTE;
  steps = steps.map((step) => (step === next ? { ...step, tick: { at } } : step));
  ticks.push(timed(() => clock.update(steps)));
  computedByTicks += clock.computed - between;
  let fresh = clock;
  anew.push(timed(() => (fresh = new CutoverClock(steps, { startsAt: START, now }))));
  if (fresh.projectedEndAt !== clock.projectedEndAt) throw new Error(`another end after ${done} ticks`);
}

const sum = (samples: readonly number[]) => samples.reduce((all, each) => all + each, 0);

await report('critical-path', [
  { what: 'steps', value: STEPS, unit: 'rows' },
  { what: 'times computed a tick, mean', value: computedByTicks / STEPS, unit: 'rows' },
  {
    what: 'times computed when time passes and all slips, mean',
    value: computedBySeconds / STEPS,
    unit: 'rows',
  },
  { what: 'all 400 ticks', value: sum(ticks), unit: 'ms' },
  { what: 'all 400 times that time passed', value: sum(seconds), unit: 'ms' },
  { what: 'the clock made anew each time instead', value: sum(anew) * 2, unit: 'ms' },
  { what: 'a tick, median', value: median(ticks), unit: 'ms', target: MOST_MS },
  { what: 'a tick, 99 of 100 below', value: quantile(ticks, 0.99), unit: 'ms', target: MOST_MS },
  { what: 'time passes, 99 of 100 below', value: quantile(seconds, 0.99), unit: 'ms', target: MOST_MS },
]);

function isDone(id: string): boolean {
  return steps.find((step) => step.id === id)?.tick != null;
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}
