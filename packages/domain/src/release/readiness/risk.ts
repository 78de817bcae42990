/** The risk score of a phase (A6 row 7), told with its parts. */
import type { Instant } from '../../shared/index.ts';
import { isDone } from '../checklist/step.ts';
import type { ReleaseFacts } from '../facts.ts';
import { standingOfGate } from '../gate/standing.ts';
import { STAGES_BEFORE } from '../lifecycle.ts';
import type { Phase } from '../phase/phase.ts';
import type { Release } from '../release.ts';

export const RISK_PARTS = ['work', 'policy', 'progress', 'time'] as const;
export type RiskPart = (typeof RISK_PARTS)[number];

export interface RiskShare {
  readonly part: RiskPart;
  /** 0 to 1. */
  readonly value: number;
  readonly weight: number;
  /** What it adds to the score. */
  readonly points: number;
  /** What the value was made of: so many of so many; days left of a fortnight, below zero once it is late. */
  readonly count: number;
  readonly of: number;
}

export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  readonly shares: readonly RiskShare[];
}

const DAY_MS = 24 * 3_600_000;
const FORTNIGHT_DAYS = 14;
/** Whoever has done a fifth has begun in earnest. */
const BEGUN = 0.2;

const WITH_DATE: Readonly<Record<RiskPart, number>> = { work: 0.3, policy: 0.4, progress: 0.1, time: 0.2 };
const WITHOUT_DATE: Readonly<Record<RiskPart, number>> = { work: 0.5, policy: 0.4, progress: 0.1, time: 0 };

/**
 * `0.3·work + 0.4·policy + 0.1·progress + 0.2·time`, or `0.5·work + 0.4·policy + 0.1·progress` of a phase without a
 * date, times 100. Work: changes not closed, of those that count. Policy: gates not met, of those that were run.
 * Progress: how far the steps of the phase are from a fifth. Time: how much of the last fortnight has passed.
 */
export function riskOf(
  release: Release,
  phase: Phase,
  facts: Pick<ReleaseFacts, 'changes'>,
  now: Instant,
): Risk {
  const counted = release.members.filter((member) => facts.changes.get(member)?.standing !== 'inactive');
  const closed = counted.filter((member) => facts.changes.get(member)?.standing === 'closed').length;
  const results = phase.gates.map((gate) => standingOfGate(gate, release, facts).result);
  const run = results.filter((result) => result !== 'pending').length;
  const unmet = results.filter((result) => result === 'non_compliant').length;
  const steps = release.steps.filter((step) => step.phase === phase.id);
  const done = steps.filter(isDone).length;
  const dueAt = dueOf(release, phase);
  const daysLeft = dueAt === null ? null : (dueAt - now) / DAY_MS;

  const weights = daysLeft === null ? WITHOUT_DATE : WITH_DATE;
  const share = (part: RiskPart, value: number, count: number, of: number): RiskShare => ({
    part,
    value,
    weight: weights[part],
    points: 100 * weights[part] * value,
    count,
    of,
  });
  const shares = [
    share('work', counted.length === 0 ? 0 : 1 - closed / counted.length, closed, counted.length),
    share('policy', run === 0 ? 0 : unmet / run, unmet, run),
    share(
      'progress',
      steps.length === 0 ? 0 : Math.max(0, 1 - done / steps.length / BEGUN),
      done,
      steps.length,
    ),
    ...(daysLeft === null
      ? []
      : [share('time', clamped(1 - daysLeft / FORTNIGHT_DAYS), daysLeft, FORTNIGHT_DAYS)]),
  ];
  return { score: shares.reduce((sum, { points }) => sum + points, 0), shares };
}

/**
 * When a phase is to be over: by its own end, or else by the window of the release, before which everything up to
 * deployment is done. What comes afterwards has no date then.
 */
function dueOf({ beginsAt, endsAt }: Release, phase: Phase): Instant | null {
  if (phase.endsAt !== null) return phase.endsAt;
  if (STAGES_BEFORE.has(phase.stage)) return beginsAt ?? endsAt;
  return phase.stage === 'deploying' ? endsAt : null;
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
