/** What is asked of approvers and what they said (A4 row 8; A8 APPROVAL). */
import type { Instant, PersonId } from '../../shared/index.ts';

export const APPROVAL_STAGES = ['technical', 'board'] as const;

export type ApprovalStage = (typeof APPROVAL_STAGES)[number];

export const VOTES = ['approved', 'rejected', 'abstained'] as const;

export type Vote = (typeof VOTES)[number];

/** As stored. While a change is on hold all of them are not required (`approvalsNow`). */
export type ApprovalState = 'requested' | Vote | 'delegated' | 'expired' | 'void';

/** One person who is asked, in one revision of the change. */
export interface Approval {
  readonly person: PersonId;
  /** Who handed their vote to this person; null for whoever is asked themselves. */
  readonly instead: PersonId | null;
  readonly revision: number;
  readonly state: ApprovalState;
  readonly askedAt: Instant;
  /** When it expires; null for never. */
  readonly dueAt: Instant | null;
  readonly decidedAt: Instant | null;
  /** Hash of the content that was voted on; null before. */
  readonly content: string | null;
  readonly note: string | null;
}

/** How the votes of a policy are counted. */
export type ApprovalRule =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'majority' }
  | { readonly kind: 'quorum'; readonly votes: number }
  | { readonly kind: 'weighted'; readonly weight: number };

export interface Voter {
  readonly person: PersonId;
  readonly weight: number;
}

/** What a policy asked for, as it was when it asked. */
export interface Requirement {
  readonly policy: string;
  readonly policyVersion: number;
  readonly name: string;
  readonly stage: ApprovalStage;
  readonly rule: ApprovalRule;
  readonly voters: readonly Voter[];
  /** Whom a voter may hand their vote to; null for anybody who approves changes. */
  readonly delegates: readonly PersonId[] | null;
  /** Whether whoever made or owns the change counts among its voters. */
  readonly ownMayVote: boolean;
}

export function isDecided(state: ApprovalState): state is Vote {
  return state === 'approved' || state === 'rejected' || state === 'abstained';
}
