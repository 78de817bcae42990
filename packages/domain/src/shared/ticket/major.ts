import type { PersonId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { isReviewAct } from './review.ts';
import type { Review, ReviewAct, ReviewEvent } from './review.ts';
import type { ReportAct, ReportEvent, ReportsKept } from './report.ts';

/** How bad an incident is for the business, 1 the worst; apart from priority, which orders work (A0.1). */
export const SEVERITIES = [1, 2, 3, 4, 5] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where an incident stands as a major one (A8 `.major`); an incident that never was proposed has no overlay. */
export const MAJOR_STATES = ['proposed', 'accepted', 'rejected', 'demoted', 'closed'] as const;
export type MajorState = (typeof MAJOR_STATES)[number];

/** How far the response has come (A8 `.phase`). */
export const MAJOR_PHASES = [
  'triage',
  'investigating',
  'identified',
  'fixing',
  'monitoring',
  'resolved',
  'learning',
  'closed',
] as const;
export type MajorPhase = (typeof MAJOR_PHASES)[number];

export const MAJOR_ROLES = [
  'commander',
  'deputy',
  'scribe',
  'customer-liaison',
  'internal-liaison',
  'expert',
] as const;
export type MajorRole = (typeof MAJOR_ROLES)[number];

export interface MajorRoleHolder {
  readonly role: MajorRole;
  readonly person: PersonId;
  readonly since: Instant;
}

export interface PhaseStamp {
  readonly phase: MajorPhase;
  readonly at: Instant;
}

/** The command as it is offered to somebody who has not answered yet. */
export interface CommandOffer {
  readonly to: PersonId;
  readonly by: PersonId;
  readonly at: Instant;
}

/** What an incident carries while it is, was or may become a major one. */
export interface MajorIncident {
  readonly state: MajorState;
  readonly severity: Severity;
  /** When it was first proposed or declared in this episode: what elapsed time counts from. */
  readonly since: Instant;
  readonly proposedBy: PersonId;
  /** The rule that proposed it; null when a person did. */
  readonly rule: string | null;
  /** Why it was proposed, or the reason of the decision that ended it. */
  readonly reason: string | null;
  readonly acceptedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Every phase entered, oldest first; empty until accepted. The last is where it stands. */
  readonly phases: readonly PhaseStamp[];
  /** From acceptance on exactly one of them is the commander. */
  readonly roles: readonly MajorRoleHolder[];
  readonly offer: CommandOffer | null;
  /** What is learnt from it; null until it is begun or said not to be required. */
  readonly review: Review | null;
  /** Null until a report is sent or their interval is set. */
  readonly reports: ReportsKept | null;
}

export type MajorAct =
  | {
      readonly verb: 'propose-major';
      readonly severity: Severity;
      readonly reason: string;
      /** The rule that proposes; the system alone names one. */
      readonly rule?: string;
    }
  /** Accepts a proposal; without one, declares and accepts at once. The commander is the actor unless named. */
  | { readonly verb: 'accept-major'; readonly severity?: Severity; readonly commander?: PersonId }
  | { readonly verb: 'reject-major'; readonly reason: string }
  | { readonly verb: 'demote-major'; readonly reason: string }
  | { readonly verb: 'close-major' }
  | { readonly verb: 'set-severity'; readonly severity: Severity }
  | { readonly verb: 'move-phase'; readonly to: MajorPhase; readonly reason?: string }
  | { readonly verb: 'assign-role'; readonly role: MajorRole; readonly person: PersonId }
  | { readonly verb: 'renounce-role'; readonly role: MajorRole; readonly person: PersonId }
  | { readonly verb: 'offer-command'; readonly to: PersonId }
  /** `accept` by whom it was offered to; `decline` by them or by who may offer it. */
  | { readonly verb: 'answer-command'; readonly answer: 'accept' | 'decline' }
  | ReviewAct
  | ReportAct;

export type MajorVerb = MajorAct['verb'];

const MAJOR_VERBS: Readonly<Record<Exclude<MajorVerb, ReviewAct['verb']>, true>> = {
  'propose-major': true,
  'accept-major': true,
  'reject-major': true,
  'demote-major': true,
  'close-major': true,
  'set-severity': true,
  'move-phase': true,
  'assign-role': true,
  'renounce-role': true,
  'offer-command': true,
  'answer-command': true,
  'send-report': true,
  'set-report-interval': true,
  'remind-report': true,
};

export function isMajorAct<Act extends { readonly verb: string }>(act: Act): act is Extract<Act, MajorAct> {
  return Object.hasOwn(MAJOR_VERBS, act.verb) || isReviewAct(act);
}

export type MajorEvent =
  | {
      readonly type: 'major-proposed';
      readonly severity: Severity;
      readonly reason: string | null;
      readonly rule: string | null;
    }
  | { readonly type: 'major-accepted'; readonly severity: Severity; readonly commander: PersonId }
  | { readonly type: 'major-rejected'; readonly reason: string }
  | { readonly type: 'major-demoted'; readonly reason: string }
  | { readonly type: 'major-closed' }
  | { readonly type: 'severity-set'; readonly severity: Severity; readonly before: Severity }
  | {
      readonly type: 'phase-moved';
      readonly phase: MajorPhase;
      readonly before: MajorPhase;
      readonly reason: string | null;
    }
  | {
      readonly type: 'role-assigned';
      readonly role: MajorRole;
      readonly person: PersonId;
      /** Who held it, where one person alone does. */
      readonly before: PersonId | null;
    }
  | { readonly type: 'role-renounced'; readonly role: MajorRole; readonly person: PersonId }
  | { readonly type: 'command-offered'; readonly to: PersonId }
  | { readonly type: 'command-declined'; readonly to: PersonId }
  | { readonly type: 'command-passed'; readonly to: PersonId; readonly before: PersonId }
  | ReviewEvent
  | ReportEvent;

/** Whether the response to a major incident is going on. */
export function isMajor(ticket: { readonly major: MajorIncident | null }): boolean {
  return ticket.major?.state === 'accepted';
}

export function phaseOf(major: MajorIncident | null): MajorPhase | null {
  return major?.phases.at(-1)?.phase ?? null;
}

export function commanderOf(major: MajorIncident | null): PersonId | null {
  return major?.roles.find(({ role }) => role === 'commander')?.person ?? null;
}
