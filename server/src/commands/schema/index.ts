/** What the arguments of every command must look like, also for the OpenAPI description. */
import { ok } from '@muster/domain/shared';
import type { Result, TicketAct, TicketVerb } from '@muster/domain/shared';
import { z } from 'zod';
import { acknowledgeAlerts, endSilence, noteAlerts, silenceAlerts } from './alerts.ts';
import type { ArgsSchema } from './args-of.ts';
import { acknowledgeCall, beginCall, stopCall, takeCallStep } from './call.ts';
import { comment, reply, unwatch, watch } from './conversation.ts';
import { create } from './create.ts';
import { endEscalation, escalateToTeam, escalateUpward, passThreshold } from './escalation.ts';
import { edit, overridePriority } from './fields.ts';
import {
  acceptMajor,
  answerCommand,
  assignRole,
  closeMajor,
  demoteMajor,
  movePhase,
  offerCommand,
  proposeMajor,
  rejectMajor,
  remindReport,
  renounceRole,
  sendReport,
  setReportInterval,
  setSeverity,
} from './major.ts';
import { assign, claim, coOwn, requestHandover } from './ownership.ts';
import { parseArgs } from './parse-args.ts';
import type { Malformed } from './parse-args.ts';
import { snooze, transition, unsnooze } from './progress.ts';
import { link, merge, nameItems, unlink } from './relations.ts';
import { restrict } from './restrict.ts';
import { addReviewAction, beginReview, dropReviewAction, moveReview, waiveReview } from './review.ts';

export type { ArgsOf, ArgsSchema } from './args-of.ts';
export { parseArgs } from './parse-args.ts';
export type { Malformed } from './parse-args.ts';

/** The arguments of `<process>.<verb>` by verb. */
export const TICKET_ARGS: { readonly [Verb in TicketVerb]: ArgsSchema<Verb> } = {
  create,
  claim,
  'co-own': coOwn,
  'request-handover': requestHandover,
  assign,
  transition,
  edit,
  'override-priority': overridePriority,
  link,
  unlink,
  'name-items': nameItems,
  merge,
  comment,
  reply,
  watch,
  unwatch,
  restrict,
  snooze,
  unsnooze,
  'note-alerts': noteAlerts,
  'acknowledge-alerts': acknowledgeAlerts,
  'silence-alerts': silenceAlerts,
  'end-silence': endSilence,
  'escalate-to-team': escalateToTeam,
  'escalate-upward': escalateUpward,
  'end-escalation': endEscalation,
  'pass-threshold': passThreshold,
  'begin-call': beginCall,
  'take-call-step': takeCallStep,
  'acknowledge-call': acknowledgeCall,
  'stop-call': stopCall,
  'propose-major': proposeMajor,
  'accept-major': acceptMajor,
  'reject-major': rejectMajor,
  'demote-major': demoteMajor,
  'close-major': closeMajor,
  'set-severity': setSeverity,
  'move-phase': movePhase,
  'assign-role': assignRole,
  'renounce-role': renounceRole,
  'offer-command': offerCommand,
  'answer-command': answerCommand,
  'begin-review': beginReview,
  'waive-review': waiveReview,
  'move-review': moveReview,
  'add-review-action': addReviewAction,
  'drop-review-action': dropReviewAction,
  'send-report': sendReport,
  'set-report-interval': setReportInterval,
  'remind-report': remindReport,
};

/** The arguments of `inbox.read`: marks items of the author's own inbox as read. */
export const INBOX_READ_ARGS = z.strictObject({ items: z.array(z.string().min(1).max(200)).max(1_000) });

export function isTicketVerb(verb: string): verb is TicketVerb {
  return Object.hasOwn(TICKET_ARGS, verb);
}

/** Reads the arguments of a verb into an act; refuses what is missing, of another type or not known. */
export function parseAct(verb: TicketVerb, args: unknown): Result<TicketAct, Malformed> {
  const parsed = parseArgs<object>(TICKET_ARGS[verb], args);
  // Each schema satisfies the arguments of its verb, which the compiler cannot follow through the lookup.
  return parsed.ok ? ok({ verb, ...parsed.value } as TicketAct) : parsed;
}
