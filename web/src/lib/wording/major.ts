/** Words for major incidents: phases, roles, what was done and why not. */
import type { MajorAct, MajorPhase, MajorRole, MajorState, Severity } from '@muster/domain/shared';
import { isReviewAct, unreachable } from '@muster/domain/shared';
import { reviewDoneWords, reviewHappenedWords, reviewIntentWords } from './review.ts';
import { everyWords } from './reports.ts';
import type { Say } from './say.ts';

export const PHASE_NAMES: Readonly<Record<MajorPhase, string>> = {
  triage: 'Triage',
  investigating: 'Investigating',
  identified: 'Identified',
  fixing: 'Fixing',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  learning: 'Learning',
  closed: 'Closed',
};

export const ROLE_NAMES: Readonly<Record<MajorRole, string>> = {
  commander: 'Commander',
  deputy: 'Deputy',
  scribe: 'Scribe',
  'customer-liaison': 'Customer liaison',
  'internal-liaison': 'Internal liaison',
  expert: 'Expert',
};

export const SEVERITY_HINTS: Readonly<Record<Severity, string>> = {
  1: 'the business has stopped',
  2: 'a service that matters is down for many',
  3: 'a service is hindered, or down for some',
  4: 'a nuisance with a way around it',
  5: 'hardly noticed',
};

const STATE_WORDS: Readonly<Record<MajorState, string>> = {
  proposed: 'proposed as a major incident',
  accepted: 'a major incident',
  rejected: 'rejected as a major incident',
  demoted: 'no major incident any more',
  closed: 'closed as a major incident',
};

export function severityWords(severity: unknown): string {
  return typeof severity === 'number' ? `SEV-${severity}` : 'another severity';
}

export function phaseWords(phase: unknown): string {
  const known = (PHASE_NAMES as Readonly<Record<string, string>>)[String(phase)];
  return known?.toLowerCase() ?? 'another phase';
}

export function roleWords(role: unknown): string {
  const known = (ROLE_NAMES as Readonly<Record<string, string>>)[String(role)];
  return known?.toLowerCase() ?? 'another role';
}

export function majorStateWords(state: unknown): string {
  const known = (STATE_WORDS as Readonly<Record<string, string>>)[String(state)];
  return known ?? 'no major incident';
}

/** What an act did, after the record's number. */
export function majorDoneWords(act: MajorAct, say: Say): string {
  if (isReviewAct(act)) return reviewDoneWords(act);
  switch (act.verb) {
    case 'propose-major':
      return `proposed as a major incident, ${severityWords(act.severity)}`;
    case 'accept-major':
      return 'a major incident now';
    case 'reject-major':
      return 'not a major incident';
    case 'demote-major':
      return 'no major incident any more';
    case 'close-major':
      return 'closed';
    case 'set-severity':
      return `${severityWords(act.severity)} now`;
    case 'move-phase':
      return `${phaseWords(act.to)} now`;
    case 'assign-role':
      return `${roleWords(act.role)} is ${say.person(act.person)} now`;
    case 'renounce-role':
      return `${say.person(act.person)} no longer ${roleWords(act.role)}`;
    case 'offer-command':
      return `command offered to ${say.person(act.to)}`;
    case 'answer-command':
      return act.answer === 'accept' ? 'you command it now' : 'the offer of the command is off';
    case 'send-report':
      return 'status report sent';
    case 'set-report-interval':
      return `status reports ${everyWords(act.minutes)} now`;
    case 'remind-report':
      return 'reminded of the status report';
    default:
      return unreachable(act);
  }
}

/** What an act would have done, after "You wanted to". */
export function majorIntentWords(act: MajorAct, say: Say): string {
  if (isReviewAct(act)) return reviewIntentWords(act);
  switch (act.verb) {
    case 'propose-major':
      return 'propose this as a major incident';
    case 'accept-major':
      return 'make this a major incident';
    case 'reject-major':
      return 'reject this as a major incident';
    case 'demote-major':
      return 'make this an ordinary incident again';
    case 'close-major':
      return 'close this major incident';
    case 'set-severity':
      return `set the severity to ${severityWords(act.severity)}`;
    case 'move-phase':
      return `move this to ${phaseWords(act.to)}`;
    case 'assign-role':
      return `make ${say.person(act.person)} ${roleWords(act.role)}`;
    case 'renounce-role':
      return `take ${say.person(act.person)} off as ${roleWords(act.role)}`;
    case 'offer-command':
      return `offer the command to ${say.person(act.to)}`;
    case 'answer-command':
      return act.answer === 'accept' ? 'take the command' : 'end the offer of the command';
    case 'send-report':
      return 'send a status report';
    case 'set-report-interval':
      return `have status reports ${everyWords(act.minutes)}`;
    case 'remind-report':
      return 'remind people of the status report';
    default:
      return unreachable(act);
  }
}

/** The other side of a lost race, after who it was; null for what is not of major incidents. */
export function majorHappenedWords(
  what: unknown,
  facts: Readonly<Record<string, unknown>>,
  say: Say,
): string | null {
  switch (what) {
    case 'major-proposed':
      return 'proposed it as a major incident';
    case 'major-accepted':
      return 'made it a major incident';
    case 'major-rejected':
      return 'rejected it as a major incident';
    case 'major-demoted':
      return 'made it an ordinary incident again';
    case 'major-closed':
      return 'closed the major incident';
    case 'severity-set':
      return `set the severity to ${severityWords(facts['severity'])}`;
    case 'phase-moved':
      return `moved it to ${phaseWords(facts['phase'])}`;
    case 'role-assigned':
      return `made ${say.person(facts['person'])} ${roleWords(facts['role'])}`;
    case 'role-renounced':
      return `took ${say.person(facts['person'])} off as ${roleWords(facts['role'])}`;
    case 'command-offered':
      return `offered the command to ${say.person(facts['to'])}`;
    case 'command-passed':
      return 'took the command';
    case 'command-declined':
      return 'ended the offer of the command';
    case 'report-sent':
      return 'sent a status report';
    case 'report-interval-set':
      return `had status reports ${everyWords(facts['minutes'])}`;
    default:
      return reviewHappenedWords(what, facts);
  }
}
