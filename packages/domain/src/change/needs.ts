/** What a step asks for: one check for each need of a model, the same for all of them. */
import { unreachable } from '../shared/index.ts';
import { approvalGap } from './approval/ask.ts';
import type { ChangeCase } from './case.ts';
import { manages } from './case.ts';
import { plannedOf } from './change.ts';
import { plansFor } from './facts.ts';
import type { ChangeNeed, ChangeStep } from './model/model.ts';
import { changeRefusal } from './refusals.ts';
import type { ChangeRefusal } from './refusals.ts';
import { isReviewRequired } from './review/due.ts';
import { isReviewDone } from './review/review.ts';
import type { ChangeResult } from './review/result.ts';
import { unanswered } from './risk/questionnaire.ts';
import { isEnded } from './task/task.ts';
import { freezesOver } from './window/freeze.ts';

/** What the author brings with the step. */
export interface StepSaying {
  /** Why a window or a soft freeze is overruled; null for nothing. */
  readonly reason: string | null;
  readonly result: ChangeResult | null;
}

export type NeedAnswer =
  | { readonly met: true; readonly overruled: readonly string[] }
  | { readonly met: false; readonly refusal: ChangeRefusal };

/** Whether all that a step needs is there, with what its author overruled on the way. */
export function checkNeeds(kase: ChangeCase, step: ChangeStep, saying: StepSaying): NeedAnswer {
  const overruled: string[] = [];
  for (const need of step.needs) {
    const answer = checkNeed(kase, need, step, saying);
    if (!answer.met) return answer;
    overruled.push(...answer.overruled);
  }
  return { met: true, overruled };
}

function checkNeed(kase: ChangeCase, need: ChangeNeed, step: ChangeStep, saying: StepSaying): NeedAnswer {
  const { change, context } = kase;
  switch (need) {
    case 'plans':
      return checkPlans(kase);
    case 'items':
      return change.items.length > 0 ? MET : unmet(changeRefusal('missing-field', { field: 'items' }));
    case 'window':
      return plannedOf(change) !== null ? MET : unmet(changeRefusal('missing-field', { field: 'window' }));
    case 'risk':
      return checkRisk(kase);
    case 'template':
      return checkTemplate(kase);
    case 'approvals': {
      const gap = approvalGap(change, context, step);
      return gap === null ? MET : unmet(gap);
    }
    case 'conflicts':
      return checkConflicts(kase);
    case 'now-in-window':
      return checkNow(kase, saying);
    case 'no-freeze':
      return checkFreezes(kase, saying);
    case 'tasks':
      return checkTasks(kase, step);
    case 'result':
      return saying.result !== null ? MET : unmet(changeRefusal('missing-field', { field: 'result' }));
    case 'review':
      return checkReview(kase, saying);
    default:
      return unreachable(need);
  }
}

const MET: NeedAnswer = { met: true, overruled: [] };

function unmet(refusal: ChangeRefusal): NeedAnswer {
  return { met: false, refusal };
}

/** Before the risk is known the least of it counts. */
function checkPlans({ change, context: { facts } }: ChangeCase): NeedAnswer {
  const missing = plansFor(facts.plans, change.risk?.level ?? 'low').filter(
    (plan) => (change.plans[plan] ?? '') === '',
  );
  return missing.length === 0 ? MET : unmet(changeRefusal('plans-missing', { plans: missing }));
}

function checkRisk({ change, context: { facts } }: ChangeCase): NeedAnswer {
  if (change.risk !== null) return MET;
  const question = unanswered(facts.risk.questionnaire, change.riskInput?.answers ?? {});
  return unmet(changeRefusal('risk-open', { question }));
}

function checkTemplate({ change, context: { facts } }: ChangeCase): NeedAnswer {
  const { template } = change;
  const known = template === null ? undefined : facts.templates.get(template.id);
  const isActive = known?.state === 'active' && known.revision === template?.version;
  return isActive ? MET : unmet(changeRefusal('template-not-active', { template: template?.id ?? null }));
}

function checkConflicts({ change, context: { facts } }: ChangeCase): NeedAnswer {
  const planned = plannedOf(change);
  const waived = new Set(change.waived.map(({ key }) => key));
  const open = (planned === null ? [] : facts.conflictsOf(planned)).filter(
    ({ key, hard }) => hard || !waived.has(key),
  );
  return open.length === 0
    ? MET
    : unmet(changeRefusal('conflicts-open', { conflicts: open.map(({ key }) => key) }));
}

function checkNow(kase: ChangeCase, { reason }: StepSaying): NeedAnswer {
  const { change, context } = kase;
  const { begins, ends } = change;
  if (begins === null || ends === null) return unmet(changeRefusal('missing-field', { field: 'window' }));
  if (context.now >= begins && context.now < ends) return MET;
  if (reason === null) return unmet(changeRefusal('outside-window', { begins, ends }));
  return manages(kase)
    ? { met: true, overruled: ['window'] }
    : unmet(changeRefusal('not-permitted', { permission: 'change.manage' }));
}

/** Freezes of now, wherever the window lies: what begins late may begin inside one. */
function checkFreezes(kase: ChangeCase, { reason }: StepSaying): NeedAnswer {
  const { change, context } = kase;
  const { windows, dependencies, zone } = context.facts;
  const { model, items } = change;
  const question = { model, items, from: context.now, to: context.now + 1 };
  const freezes = freezesOver(windows, question, dependencies, zone).map(({ window }) => window);
  if (freezes.length === 0) return MET;
  const hard = freezes.filter((freeze) => freeze.hard);
  const blocking = hard.length > 0 ? hard : freezes;
  const ids = blocking.map(({ id }) => id);
  if (hard.length > 0 || reason === null)
    return unmet(changeRefusal('frozen', { freezes: ids, hard: hard.length > 0 }));
  return manages(kase)
    ? { met: true, overruled: ids }
    : unmet(changeRefusal('not-permitted', { permission: 'change.manage' }));
}

/** Those of the review may be open until it closes. */
function checkTasks({ change }: ChangeCase, { to }: ChangeStep): NeedAnswer {
  const open = change.tasks.filter(
    (task) => !isEnded(task) && (to === 'closed' || (task.kind !== 'review' && task.kind !== 'backout')),
  );
  return open.length === 0 ? MET : unmet(changeRefusal('tasks-open', { tasks: open.map(({ id }) => id) }));
}

function checkReview({ change, model }: ChangeCase, { result }: StepSaying): NeedAnswer {
  const { review } = change;
  if (isReviewDone(review)) return MET;
  const isBegun = review !== null && review.state !== 'not_required';
  if (!isBegun && !isReviewRequired(model, { ...change, result })) return MET;
  return unmet(changeRefusal('review-open', { state: review?.state ?? null }));
}
