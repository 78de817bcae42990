/**
 * The post-incident review of a major incident: who begins it, how it goes on, and when it is over. Its words are
 * prose that people write together; here are the facts with rules.
 */
import { isUlid } from '../../shared/ids.ts';
import { apply, lastUnseen, no, supersede } from '../../shared/ticket/answer.ts';
import type { TicketAnswer, TicketCase } from '../../shared/ticket/answer.ts';
import type { TicketEvent } from '../../shared/ticket/events.ts';
import { phaseOf } from '../../shared/ticket/major.ts';
import type { Review, ReviewAct, ReviewAction, ReviewState } from '../../shared/ticket/review.ts';
import { MAX_NOTE, MAX_TITLE, cleanText } from '../../shared/ticket/text.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';
import { lacking } from '../major/declare.ts';
import type { MajorCase } from '../major/parties.ts';
import { leads, refuseState, refuseUnfit } from '../major/parties.ts';
import { notForYou } from '../major/roles.ts';

/** The steps of a review (A8 PIR). Sending it back is the reviewer's way to ask for more. */
export const REVIEW_STEPS: Readonly<Record<ReviewState, readonly ReviewState[]>> = {
  not_required: [],
  draft: ['in_review'],
  in_review: ['reviewed', 'draft'],
  reviewed: ['closed'],
  closed: [],
};

/** All of them are on the row of the incident, which everybody on the desk holds. */
export const MAX_REVIEW_ACTIONS = 40;

/** Steps that somebody else than the writers takes. */
const BY_LEADERS: ReadonlySet<ReviewState> = new Set(['reviewed', 'closed']);

type ActOf<Verb extends ReviewAct['verb']> = Extract<ReviewAct, { verb: Verb }>;

export function decideReview(kase: MajorCase, act: ReviewAct): TicketAnswer {
  const { state } = kase.major;
  if (state !== 'accepted' && state !== 'closed') return refuseState(kase);
  switch (act.verb) {
    case 'begin-review':
      return decideBegin(kase);
    case 'waive-review':
      return decideWaive(kase, act);
    case 'move-review':
      return decideMove(kase, act);
    case 'add-review-action':
      return decideAddAction(kase, act);
    case 'drop-review-action':
      return decideDropAction(kase, act);
  }
}

/** Begins it as a draft. A response that is only resolved enters the phase of learning by that. */
function decideBegin(kase: MajorCase): TicketAnswer {
  const unresolved = notResolved(kase);
  if (unresolved !== null) return unresolved;
  if (isBegun(kase)) {
    const same = lastUnseen(kase, 'review-begun');
    return same === undefined ? refuseReview(kase) : supersede(kase, same, 'already-done');
  }
  const learning: TicketEvent = {
    type: 'phase-moved',
    phase: 'learning',
    before: 'resolved',
    reason: null,
  };
  return apply([...(phaseOf(kase.major) === 'resolved' ? [learning] : []), { type: 'review-begun' }]);
}

/** Says that none is required: before anybody took it further than a draft. */
function decideWaive(kase: MajorCase, act: ActOf<'waive-review'>): TicketAnswer {
  const unresolved = notResolved(kase);
  if (unresolved !== null) return unresolved;
  const state = kase.major.review?.state ?? null;
  if (state === 'not_required') {
    const same = lastUnseen(kase, 'review-waived');
    return same === undefined ? refuseReview(kase) : supersede(kase, same, 'already-done');
  }
  // who did not know that it was begun does not end it unseen
  if ((state !== null && state !== 'draft') || lastUnseen(kase, 'review-begun') !== undefined) {
    return refuseReview(kase);
  }
  const reason = cleanText(act.reason, MAX_NOTE);
  return reason === null ? lacking(kase, 'reason', act.reason) : apply([{ type: 'review-waived', reason }]);
}

function decideMove(kase: MajorCase, { to, reason }: ActOf<'move-review'>): TicketAnswer {
  const { review } = kase.major;
  if (review === null) return refuseReview(kase);
  const moved = lastUnseen(kase, 'review-moved');
  if (review.state === to && moved !== undefined) return supersede(kase, moved, 'already-done');
  if (!REVIEW_STEPS[review.state].includes(to)) return refuseReview(kase);
  if (BY_LEADERS.has(to) && !leads(kase.context.actor, kase.major)) return notForYou(kase);
  const words = cleanText(reason, MAX_NOTE);
  if (words === null && (to === 'draft' || (reason ?? '').trim() !== ''))
    return lacking(kase, 'reason', reason ?? '');
  if (to === 'closed') {
    const open = actionsToMake(kase.ticket).length;
    if (open > 0) return no(kase, 'review-actions-open', { actions: open });
  }
  return apply([{ type: 'review-moved', from: review.state, to, reason: words }]);
}

function decideAddAction(kase: MajorCase, act: ActOf<'add-review-action'>): TicketAnswer {
  const { review } = kase.major;
  if (review === null || !isOpen(review)) return refuseReview(kase);
  const text = cleanText(act.text, MAX_TITLE);
  if (text === null) return lacking(kase, 'text', act.text);
  if (!isUlid(act.action) || review.actions.some(({ id }) => id === act.action)) {
    return no(kase, 'invalid-value', { field: 'action', value: act.action });
  }
  if (review.actions.length >= MAX_REVIEW_ACTIONS) {
    return no(kase, 'invalid-value', { field: 'actions', value: MAX_REVIEW_ACTIONS });
  }
  const unfit = refuseUnfit(kase, 'owner', act.owner);
  if (unfit !== null) return unfit;
  if (!Number.isSafeInteger(act.dueAt))
    return no(kase, 'invalid-value', { field: 'dueAt', value: act.dueAt });
  const { action, owner, dueAt } = act;
  return apply([{ type: 'review-action-added', action, text, owner, dueAt }]);
}

function decideDropAction(kase: MajorCase, { action }: ActOf<'drop-review-action'>): TicketAnswer {
  const { review } = kase.major;
  if (review === null || !isOpen(review)) return refuseReview(kase);
  const there = review.actions.find(({ id }) => id === action);
  if (there === undefined) {
    const gone = lastUnseen(kase, 'review-action-dropped', (event) => event.action === action);
    if (gone !== undefined) return supersede(kase, gone, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'actions' });
  }
  if (isMade(kase.ticket, there)) return no(kase, 'review-action-made', { record: action });
  return apply([{ type: 'review-action-dropped', action, text: there.text }]);
}

/** Entering the phase of learning begins the review, unless it is begun or said not to be required. */
export function reviewFollowing({ major }: MajorCase): readonly TicketEvent[] {
  return major.review === null ? [{ type: 'review-begun' }] : [];
}

/** Whether an action has become the record of its id: the incident is linked to that. */
export function isMade({ links }: Pick<Ticket, 'links'>, { id }: Pick<ReviewAction, 'id'>): boolean {
  return links.some(({ target }) => target === id);
}

/** Actions that are no records yet. */
export function actionsToMake(ticket: Pick<Ticket, 'links' | 'major'>): readonly ReviewAction[] {
  return (ticket.major?.review?.actions ?? []).filter((action) => !isMade(ticket, action));
}

/** Whether its words and actions are still at work. */
export function isOpen({ state }: Review): boolean {
  return state === 'draft' || state === 'in_review' || state === 'reviewed';
}

function isBegun({ major: { review } }: MajorCase): boolean {
  return review !== null && review.state !== 'not_required';
}

function notResolved(kase: MajorCase): TicketAnswer | null {
  const done = kase.ticket.state === 'resolved' || kase.ticket.state === 'closed';
  return done ? null : no(kase, 'major-not-resolved', { phase: phaseOf(kase.major) ?? 'triage' });
}

/** Says no because of where the review stands, and who brought it there if the author had not seen that. */
function refuseReview(kase: TicketCase & Pick<MajorCase, 'major'>): TicketAnswer {
  const state = kase.major.review?.state ?? null;
  const moved =
    lastUnseen(kase, 'review-moved') ?? lastUnseen(kase, 'review-begun') ?? lastUnseen(kase, 'review-waived');
  const facts = { state, allowed: state === null ? [] : REVIEW_STEPS[state] };
  return no(kase, 'review-state', moved === undefined ? facts : { ...facts, by: moved.actor, at: moved.at });
}
