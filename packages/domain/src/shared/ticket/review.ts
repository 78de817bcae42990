import type { PersonId, RecordId } from '../ids.ts';
import type { Instant } from '../instant.ts';

/** How far the post-incident review of a major incident has come (A8 PIR). The set grows at its end. */
export const REVIEW_STATES = ['not_required', 'draft', 'in_review', 'reviewed', 'closed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Something to be done after the incident, so that it does not happen again or ends sooner. */
export interface ReviewAction {
  /** The id of the record that it becomes: whoever makes that record a second time makes none. */
  readonly id: RecordId;
  readonly text: string;
  readonly owner: PersonId;
  readonly dueAt: Instant;
}

/** What is learnt from a major incident. Its words are prose of the room (`review`). */
export interface Review {
  readonly state: ReviewState;
  /** When it was begun, or said not to be required. */
  readonly since: Instant;
  /** Why none is required; null for one that is. */
  readonly reason: string | null;
  readonly actions: readonly ReviewAction[];
}

export type ReviewAct =
  | { readonly verb: 'begin-review' }
  | { readonly verb: 'waive-review'; readonly reason: string }
  /** `reason`: needed to send it back to its writers. */
  | { readonly verb: 'move-review'; readonly to: ReviewState; readonly reason?: string }
  | {
      readonly verb: 'add-review-action';
      readonly action: RecordId;
      readonly text: string;
      readonly owner: PersonId;
      readonly dueAt: Instant;
    }
  | { readonly verb: 'drop-review-action'; readonly action: RecordId };

export type ReviewEvent =
  | { readonly type: 'review-begun' }
  | { readonly type: 'review-waived'; readonly reason: string }
  | {
      readonly type: 'review-moved';
      readonly from: ReviewState;
      readonly to: ReviewState;
      readonly reason: string | null;
    }
  | {
      readonly type: 'review-action-added';
      readonly action: RecordId;
      readonly text: string;
      readonly owner: PersonId;
      readonly dueAt: Instant;
    }
  | { readonly type: 'review-action-dropped'; readonly action: RecordId; readonly text: string };

const REVIEW_VERBS: Readonly<Record<ReviewAct['verb'], true>> = {
  'begin-review': true,
  'waive-review': true,
  'move-review': true,
  'add-review-action': true,
  'drop-review-action': true,
};

export function isReviewAct<Act extends { readonly verb: string }>(act: Act): act is Extract<Act, ReviewAct> {
  return Object.hasOwn(REVIEW_VERBS, act.verb);
}

/** Whether somebody is to write it, or has: neither absent nor said not to be required. */
export function isReviewBegun(review: Review | null): boolean {
  return review !== null && review.state !== 'not_required';
}

/** Folds what happened to a review. Total, like the fold of the ticket that carries it. */
export function evolveReview(before: Review | null, event: ReviewEvent, at: Instant): Review {
  const review: Review = before ?? { state: 'draft', since: at, reason: null, actions: [] };
  switch (event.type) {
    case 'review-begun':
      return { ...review, state: 'draft', since: at, reason: null };
    case 'review-waived':
      return { ...review, state: 'not_required', since: at, reason: event.reason };
    case 'review-moved':
      return { ...review, state: event.to };
    case 'review-action-added': {
      const { action: id, text, owner, dueAt } = event;
      return { ...review, actions: [...without(review, id), { id, text, owner, dueAt }] };
    }
    case 'review-action-dropped':
      return { ...review, actions: without(review, event.action) };
  }
}

function without({ actions }: Review, action: RecordId): readonly ReviewAction[] {
  return actions.filter(({ id }) => id !== action);
}
