/** The review after a change (A4 row 19; A8 PIR): its words are prose of the room. */
import type { Instant, RecordId } from '../../shared/index.ts';
import { REVIEW_STATES } from '../../shared/index.ts';
import type { ReviewState } from '../../shared/index.ts';

export interface ChangeReview {
  readonly state: ReviewState;
  readonly since: Instant;
  /** Why none is required; null for one that is held. */
  readonly reason: string | null;
}

/** An incident that the change caused, with its priority when that was said. */
export interface CausedIncident {
  /** Null where it is shown to people who may not know of it. */
  readonly incident: RecordId | null;
  readonly priority: number;
}

export const CHANGE_REVIEW_STEPS: Readonly<Record<ReviewState, readonly ReviewState[]>> = {
  not_required: ['draft'],
  draft: ['in_review'],
  in_review: ['draft', 'reviewed'],
  reviewed: ['closed'],
  closed: [],
};

export function isReviewState(value: string): value is ReviewState {
  return (REVIEW_STATES as readonly string[]).includes(value);
}

/** Nothing is left to learn of it, or it was said not to be required. */
export function isReviewDone(review: ChangeReview | null): boolean {
  return review !== null && (review.state === 'reviewed' || review.state === 'closed');
}
