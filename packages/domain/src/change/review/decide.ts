import { unreachable } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { ActOf, ChangeReviewAct } from '../acts.ts';
import { lastUnseen, no, superseded, yes } from '../case.ts';
import type { ChangeAnswer, ChangeCase } from '../case.ts';
import { isReviewBinding } from './due.ts';
import { CHANGE_REVIEW_STEPS, isReviewState } from './review.ts';

export function decideReview(kase: ChangeCase, act: ChangeReviewAct): ChangeAnswer {
  const { change } = kase;
  if (change.state !== 'review' && change.state !== 'closed')
    return no('review-open', { state: change.review?.state ?? null });
  switch (act.verb) {
    case 'begin-review':
      return decideBegin(kase);
    case 'waive-review':
      return decideWaive(kase, act);
    case 'move-review':
      return decideMove(kase, act);
    case 'note-caused':
      return decideCaused(kase, act);
    case 'unnote-caused':
      return decideNotCaused(kase, act);
    default:
      return unreachable(act);
  }
}

function decideBegin(kase: ChangeCase): ChangeAnswer {
  const begun = lastUnseen(kase, 'review-begun');
  if (begun !== undefined) return superseded(begun);
  const state = kase.change.review?.state ?? null;
  return state === null || state === 'not_required'
    ? yes([{ type: 'review-begun' }])
    : no('no-such-review-step', { from: state, to: 'draft', allowed: CHANGE_REVIEW_STEPS[state] });
}

function decideWaive({ change, model }: ChangeCase, act: ActOf<'waive-review'>): ChangeAnswer {
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return no('missing-field', { field: 'reason' });
  if (isReviewBinding(model.reviews, change)) return no('review-required', {});
  const state = change.review?.state ?? null;
  return state === null || state === 'draft'
    ? yes([{ type: 'review-waived', reason }])
    : no('no-such-review-step', { from: state, to: 'not_required', allowed: CHANGE_REVIEW_STEPS[state] });
}

function decideMove(kase: ChangeCase, { to, reason }: ActOf<'move-review'>): ChangeAnswer {
  if (!isReviewState(to)) return no('invalid-value', { field: 'to', value: to });
  const from = kase.change.review?.state ?? null;
  const moved = lastUnseen(kase, 'review-moved');
  if (moved !== undefined) {
    if (from === to) return superseded(moved);
    return no('change-moved', { state: kase.change.state, by: moved.actor, at: moved.at });
  }
  const allowed = from === null || from === 'not_required' ? [] : CHANGE_REVIEW_STEPS[from];
  if (from === null || !allowed.includes(to)) return no('no-such-review-step', { from, to, allowed });
  const words = cleanText(reason, MAX_NOTE);
  if (to === 'draft' && words === null) return no('missing-field', { field: 'reason' });
  return yes([{ type: 'review-moved', from, to, reason: words }]);
}

function decideCaused({ change }: ChangeCase, { incident, priority }: ActOf<'note-caused'>): ChangeAnswer {
  if (!Number.isSafeInteger(priority) || priority < 1 || priority > 5)
    return no('invalid-value', { field: 'priority', value: priority });
  const known = change.caused.find((each) => each.incident === incident);
  if (known?.priority === priority) return no('nothing-to-change', { field: 'caused' });
  return yes([{ type: 'incident-caused', incident, priority }]);
}

/** One that is not named where this is decided may be it: the server, which keeps its id, knows. */
function decideNotCaused({ change }: ChangeCase, { incident }: ActOf<'unnote-caused'>): ChangeAnswer {
  return change.caused.some((each) => each.incident === incident || each.incident === null)
    ? yes([{ type: 'incident-not-caused', incident }])
    : no('nothing-to-change', { field: 'caused' });
}
