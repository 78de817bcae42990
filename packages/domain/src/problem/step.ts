/** How a problem goes from state to state (A8), and what each step asks for. */
import { MAX_NOTE, cleanText } from '../shared/ticket/text.ts';
import type { Instant, RecordId } from '../shared/index.ts';
import type { ActOf, EventOf } from './acts.ts';
import { isAllowed, lastUnseen, no, overtaken, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';
import { PROBLEM_TRANSITIONS, isTakenUpAgain } from './lifecycle/lifecycle.ts';
import type { ProblemState } from './lifecycle/lifecycle.ts';
import { added } from './links.ts';
import { RESOLUTION_CODES, isOverProblem } from './problem.ts';
import type { Problem } from './problem.ts';

/** Five years: what is put off for longer is not looked at again. */
const MAX_REVIEW_MS = 5 * 366 * 24 * 60 * 60 * 1000;

type Step = ActOf<'step'>;
type Moved = EventOf<'problem-stepped'>;

/** Of two who take the same step the second is superseded; whoever takes another one is told who was first. */
export function decideStep(kase: ProblemCase, act: Step): ProblemAnswer {
  const { problem, context } = kase;
  const { state: from } = problem;
  const { to } = act;
  const opposite = lastUnseen(kase, 'duplicate-taken-in', (event) => event.from === act.into);
  if (to === 'duplicate' && opposite !== undefined) return overtaken(opposite, 'merged-the-other-way');
  const moved = lastUnseen(kase, 'problem-stepped');
  if (moved !== undefined) {
    if (from === to && moved.event.to === to) return overtaken(moved);
    return no('problem-moved', { state: from, by: moved.actor, at: moved.at });
  }
  const allowed = PROBLEM_TRANSITIONS[from];
  if (!allowed.includes(to)) return no('no-such-transition', { from, to, allowed });
  if ((isTakenUpAgain(from, to) || to === 'risk_accepted') && !isAllowed(context.actor, 'problem.manage'))
    return no('not-permitted', { permission: 'problem.manage' });
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null && (act.reason ?? '').trim() !== '')
    return no('invalid-value', { field: 'reason', value: act.reason?.length });
  if (reason === null && needsReason(from, act)) return no('missing-field', { field: 'reason' });
  return take(kase, act, { type: 'problem-stepped', from, to, reason });
}

/** Ending it without a fix, living with it, and going back are said why. */
export function needsReason(
  from: ProblemState,
  { to, resolution }: { readonly to: ProblemState; readonly resolution?: string | undefined },
): boolean {
  if (to === 'cancelled' || to === 'risk_accepted') return true;
  if (to === 'rca') return from !== 'assess';
  return to === 'resolved' && resolution === 'gone';
}

function take(kase: ProblemCase, act: Step, moved: Moved): ProblemAnswer {
  switch (act.to) {
    case 'fix_in_progress':
      return refuseUnknownCause(kase.problem) ?? yes([moved]);
    case 'resolved':
      return resolve(kase, act, moved);
    case 'risk_accepted':
      return acceptRisk(kase, act.reviewAt, moved);
    case 'duplicate':
      return endAsDuplicate(kase, act.into, moved);
    default:
      return yes([moved]);
  }
}

function refuseUnknownCause({ cause, contested }: Problem): ProblemAnswer | null {
  if (contested.length > 0) return no('cause-contested', { factors: contested });
  return cause === null ? no('cause-unknown', {}) : null;
}

function resolve({ problem }: ProblemCase, { resolution }: Step, moved: Moved): ProblemAnswer {
  if (resolution === undefined) return no('missing-field', { field: 'resolution' });
  if (!RESOLUTION_CODES.includes(resolution))
    return no('invalid-value', { field: 'resolution', value: resolution });
  if (resolution === 'fix_applied' && problem.fix === '') return no('missing-field', { field: 'fix' });
  const open = problem.tasks.filter(({ state }) => state === 'open').map(({ id }) => id);
  if (open.length > 0) return no('tasks-open', { tasks: open });
  return yes([{ ...moved, resolution }]);
}

function acceptRisk(
  { context: { now } }: ProblemCase,
  reviewAt: Instant | undefined,
  moved: Moved,
): ProblemAnswer {
  if (reviewAt === undefined) return no('missing-field', { field: 'reviewAt' });
  if (!Number.isSafeInteger(reviewAt) || reviewAt <= now || reviewAt > now + MAX_REVIEW_MS)
    return no('invalid-value', { field: 'reviewAt', value: reviewAt });
  return yes([{ ...moved, reviewAt }]);
}

/** As tickets are merged: one way, into what goes on, without cycles. Links move to the one that survives. */
function endAsDuplicate(kase: ProblemCase, into: RecordId | undefined, moved: Moved): ProblemAnswer {
  const { problem, context } = kase;
  if (into === undefined) return no('missing-field', { field: 'into' });
  if (into === problem.id) return no('duplicate-self', { problem: into });
  const survivor = context.related.get(into);
  if (survivor === undefined) return no('no-such-problem', { problem: into });
  if (leadsBack(kase, survivor)) return no('duplicate-cycle', { into });
  if (survivor.duplicateOf !== null)
    return no('duplicate-of-duplicate', { into, duplicateOf: survivor.duplicateOf });
  if (isOverProblem(survivor)) return no('duplicate-of-ended', { into, state: survivor.state });
  const { incidents, changes } = problem;
  const takenIn = {
    type: 'duplicate-taken-in',
    from: problem.id,
    incidents: added(survivor.incidents, incidents),
    changes: added(survivor.changes, changes),
  } as const;
  return yes([{ ...moved, into, incidents, changes }], [], [{ target: into, events: [takenIn] }]);
}

/** Whether following the duplicates from a problem leads to the one being decided. */
function leadsBack({ problem, context }: ProblemCase, start: Problem): boolean {
  const passed = new Set<RecordId>();
  let at: Problem | undefined = start;
  while (at !== undefined && !passed.has(at.id)) {
    if (at.duplicateOf === problem.id) return true;
    passed.add(at.id);
    at = at.duplicateOf === null ? undefined : context.related.get(at.duplicateOf);
  }
  return false;
}
