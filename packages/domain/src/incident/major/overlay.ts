import { no } from '../../shared/ticket/answer.ts';
import type { TicketAnswer, TicketCase } from '../../shared/ticket/answer.ts';
import type { TicketAct } from '../../shared/ticket/commands.ts';
import type { Withholds } from '../../shared/ticket/lifecycle.ts';
import { canReadAsStaff } from '../../shared/ticket/access.ts';
import type { MajorAct } from '../../shared/ticket/major.ts';
import { isMajor } from '../../shared/ticket/major.ts';
import { isReviewAct } from '../../shared/ticket/review.ts';
import type { ReviewAct } from '../../shared/ticket/review.ts';
import type { TicketOverlay } from '../../shared/ticket/overlay.ts';
import { SYSTEM } from '../../shared/ids.ts';
import type { Actor } from '../../shared/people.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';
import { decideReview } from '../review/decide.ts';
import { decideAnswer, decideOffer } from './command.ts';
import {
  decideAccept,
  decideCloseMajor,
  decideDemote,
  decidePropose,
  decideReject,
  openMajor,
} from './declare.ts';
import type { MajorCase } from './parties.ts';
import { leads, refuseState } from './parties.ts';
import { decideReport } from './report.ts';
import { decideMovePhase, decideSeverity, phasesFollowing } from './phase.ts';
import { decideAssignRole, decideRenounceRole, notForYou } from './roles.ts';

/** Major incidents, laid over the common ticket. Rules: INC-5 and on. */
export const MAJOR_OVERLAY: TicketOverlay = {
  open: openMajor,
  forbid,
  decide,
  follow: (kase, events) => {
    const major = majorCase(kase);
    return major?.major.state === 'accepted' ? phasesFollowing(major, events) : [];
  },
};

/**
 * What a major incident keeps from its lifecycle: it ends by being closed or demoted first, never by a timer, a
 * merge or a cancelling; and its caller does not move it.
 */
export const withheldFromMajor: Withholds = (ticket, to, actor) => {
  if (!isMajor(ticket)) return false;
  if (to === 'closed' || to === 'cancelled') return true;
  return !isResponder(ticket, actor);
};

function isResponder(ticket: Ticket, actor: Actor): boolean {
  if (actor.id === SYSTEM) return true;
  return canReadAsStaff(actor, ticket) && actor.permissions.has('incident.work');
}

function forbid(kase: TicketCase, act: TicketAct): TicketAnswer | null {
  const { ticket, context } = kase;
  if (ticket.major === null) return null;
  // A manager closed it with its review begun: also a reopening that had not seen that comes too late.
  if (act.verb === 'transition' && act.to === 'in_progress' && ticket.major.state === 'closed') {
    return refuseState(kase);
  }
  const held =
    act.verb === 'merge'
      ? isMajor(ticket)
      : act.verb === 'transition' && withheldFromMajor(ticket, act.to, context.actor);
  return held ? no(kase, 'major-incident', { severity: ticket.major.severity }) : null;
}

function decide(kase: TicketCase, act: MajorAct): TicketAnswer {
  if (isReviewAct(act)) {
    const major = majorCase(kase);
    return major === null ? refuseState(kase) : decideReview(major, act);
  }
  switch (act.verb) {
    case 'propose-major':
      return decidePropose(kase, act);
    case 'accept-major':
      return decideAccept(kase, act);
    case 'reject-major':
      return decideReject(kase, act);
    case 'demote-major':
      return decideDemote(kase, act);
    case 'close-major':
      return decideCloseMajor(kase);
    default:
      return decideInResponse(kase, act);
  }
}

type ResponseAct = Exclude<
  Exclude<MajorAct, ReviewAct>,
  { verb: 'propose-major' | 'accept-major' | 'reject-major' | 'demote-major' | 'close-major' }
>;

/** What is done while the response goes on. */
function decideInResponse(kase: TicketCase, act: ResponseAct): TicketAnswer {
  const major = majorCase(kase);
  if (major?.major.state !== 'accepted') return refuseState(kase);
  switch (act.verb) {
    case 'set-severity':
      return leads(kase.context.actor, major.major) ? decideSeverity(major, act) : notForYou(major);
    case 'move-phase':
      return leads(kase.context.actor, major.major) ? decideMovePhase(major, act) : notForYou(major);
    case 'assign-role':
      return decideAssignRole(major, act);
    case 'renounce-role':
      return decideRenounceRole(major, act);
    case 'offer-command':
      return decideOffer(major, act);
    case 'answer-command':
      return decideAnswer(major, act);
    case 'send-report':
    case 'set-report-interval':
    case 'remind-report':
      return decideReport(major, act);
  }
}

function majorCase(kase: TicketCase): MajorCase | null {
  const { major } = kase.ticket;
  return major === null ? null : { ...kase, major };
}
