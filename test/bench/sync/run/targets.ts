/** What sync is to reach, judged by the medians of one run. */
import type { Outcome } from './measure.ts';
import { rangeOf, valuesOf } from './table.ts';

export interface Verdict {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly reached: boolean;
}

interface Target {
  readonly what: string;
  /** Undefined when the run did not measure it. */
  readonly value: (seen: Seen) => number | undefined;
  readonly unit: string;
  readonly bound: 'at most' | 'at least';
  readonly target: number;
}

/** The median of a scenario's column for a server. */
type Seen = (scenario: string, server: string, column: string) => number | undefined;

const OURS = 'muster';
const PEER = 'hocuspocus';
const LIMIT = 'batching-relay';

const own =
  (scenario: string, column: string, server = OURS) =>
  (seen: Seen): number | undefined =>
    seen(scenario, server, column);

const ratio =
  (scenario: string, column: string, to: string) =>
  (seen: Seen): number | undefined => {
    const [ours, theirs] = [seen(scenario, OURS, column), seen(scenario, to, column)];
    return ours === undefined || theirs === undefined ? undefined : ours / theirs;
  };

const times = (what: string, value: Target['value'], target: number): Target => ({
  what,
  value,
  unit: 'x',
  bound: 'at most',
  target,
});

const atMost = (what: string, value: Target['value'], target: number, unit: string): Target => ({
  what,
  value,
  unit,
  bound: 'at most',
  target,
});

const TARGETS: readonly Target[] = [
  times('CPU a delivered update, rooms of ten, to Hocuspocus', ratio('fanout', 'cpu', PEER), 0.4),
  times('CPU a delivered update, rooms of ten, to the batching relay', ratio('fanout', 'cpu', LIMIT), 3),
  times('CPU a delivered update, one room of 500, to Hocuspocus', ratio('hot500', 'cpu', PEER), 0.4),
  times('CPU a delivered update, one room of 500, to the batching relay', ratio('hot500', 'cpu', LIMIT), 3),
  times('Edit to peer at 10,000 delivered/s, p50, to Hocuspocus', ratio('latency', 'peer50', PEER), 1),
  times('Edit to peer at 10,000 delivered/s, p99, to Hocuspocus', ratio('latency', 'peer99', PEER), 1),
  {
    what: 'Cold opening, documents a second, to Hocuspocus',
    value: ratio('cold', 'perSecond', PEER),
    unit: 'x',
    bound: 'at least',
    target: 3,
  },
  times('RSS of an open document, to Hocuspocus', ratio('cold', 'rss', PEER), 0.25),
  atMost('RSS with 10,000 documents open', own('documents10000', 'before'), 1_000, 'MB'),
  atMost('RSS of an idle socket', own('idle', 'rss'), 12, 'KB'),
  atMost('A board of 20,000 rows on the wire', own('board20000', 'kilobytes', 'muster-channels'), 300, 'KB'),
  atMost(
    'A board of 20,000 rows, connect to synced',
    own('board20000', 'ms', 'muster-channels'),
    1_000,
    'ms',
  ),
  atMost('Shown to others and lost by kill -9, steady load', own('kill-steady', 'lost'), 0, ''),
  atMost('Shown to others and lost by kill -9, saturation', own('kill-saturated', 'lost'), 0, ''),
  atMost('Ready again after a kill under steady load', own('kill-steady', 'recovery'), 2_000, 'ms'),
  atMost('Edit to peer p99, 2,000 sockets', own('sockets2000', 'peer99'), 50, 'ms'),
  atMost('Edit to ACK p99, 2,000 sockets', own('sockets2000', 'ack99'), 30, 'ms'),
  atMost('Longest stall of the event loop, 2,000 sockets', own('sockets2000', 'stall'), 50, 'ms'),
];

/** Losses are judged by the worst repeat, everything else by the median. */
export function judge(outcomes: readonly Outcome[]): readonly Verdict[] {
  const seen: Seen = (scenario, server, column) => {
    const outcome = outcomes.find((one) => one.scenario.name === scenario);
    const values = outcome === undefined ? [] : valuesOf(outcome, server, column);
    if (values.length === 0) return undefined;
    return column === 'lost' ? rangeOf(values).max : rangeOf(values).median;
  };
  return TARGETS.flatMap(({ what, value: valueOf, unit, bound, target }) => {
    const value = valueOf(seen);
    if (value === undefined) return [];
    const reached = bound === 'at most' ? value <= target : value >= target;
    return [{ what, value, unit: unit === '' ? '' : ` ${unit}`, target, reached }];
  });
}

/** `missed by 1.4 x` says how far the value is from its target, as a factor. */
export function tellVerdict({ value, target, reached }: Verdict): string {
  if (reached) return 'reached';
  if (target === 0 || value === 0) return 'MISSED';
  return `MISSED by a factor of ${Math.max(value / target, target / value).toFixed(2)}`;
}
