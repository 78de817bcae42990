/** Words for the review after a major incident: how it stands, what was done and why not. */
import type { ReviewAct, ReviewEvent, ReviewState } from '@muster/domain/shared';
import { unreachable } from '@muster/domain/shared';

export const REVIEW_NAMES: Readonly<Record<ReviewState, string>> = {
  not_required: 'Not required',
  draft: 'Draft',
  in_review: 'In review',
  reviewed: 'Reviewed',
  closed: 'Closed',
};

export function reviewWords(state: unknown): string {
  const known = (REVIEW_NAMES as Readonly<Record<string, string>>)[String(state)];
  return known?.toLowerCase() ?? 'not begun';
}

/** What an act did, after the record's number. */
export function reviewDoneWords(act: ReviewAct): string {
  switch (act.verb) {
    case 'begin-review':
      return 'its review is begun';
    case 'waive-review':
      return 'no review required';
    case 'move-review':
      return `its review is ${reviewWords(act.to)} now`;
    case 'add-review-action':
      return `action “${act.text}” added`;
    case 'drop-review-action':
      return 'action dropped';
    default:
      return unreachable(act);
  }
}

/** What an act would have done, after "You wanted to". */
export function reviewIntentWords(act: ReviewAct): string {
  switch (act.verb) {
    case 'begin-review':
      return 'begin the review of this';
    case 'waive-review':
      return 'say that no review is required';
    case 'move-review':
      return `make the review ${reviewWords(act.to)}`;
    case 'add-review-action':
      return `add the action “${act.text}” to the review`;
    case 'drop-review-action':
      return 'drop an action of the review';
    default:
      return unreachable(act);
  }
}

/** The other side of a lost race, after who it was; null for what is not of reviews. */
export function reviewHappenedWords(what: unknown, facts: Readonly<Record<string, unknown>>): string | null {
  switch (what) {
    case 'review-begun':
      return 'began the review';
    case 'review-waived':
      return 'said that no review is required';
    case 'review-moved':
      return `made the review ${reviewWords(facts['to'])}`;
    case 'review-action-added':
      return 'added an action to the review';
    case 'review-action-dropped':
      return 'dropped an action of the review';
    default:
      return null;
  }
}

/** What happened to a review, after the actor's name. */
export function reviewEventWords(event: ReviewEvent, personName: (id: string) => string): string {
  const because = 'reason' in event && event.reason ? `: “${event.reason}”` : '';
  switch (event.type) {
    case 'review-begun':
      return 'began the review';
    case 'review-waived':
      return `said that no review is required${because}`;
    case 'review-moved':
      return event.to === 'draft'
        ? `sent the review back to its writers${because}`
        : `moved the review from ${reviewWords(event.from)} to ${reviewWords(event.to)}${because}`;
    case 'review-action-added':
      return `added the action “${event.text}” for ${personName(event.owner)}`;
    case 'review-action-dropped':
      return `dropped the action “${event.text}”`;
    default:
      return unreachable(event);
  }
}
