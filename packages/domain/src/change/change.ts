/** The record of a change. Its plans are prose of the room; here they are known by digest. */
import type { Instant, PersonId, RecordId, TeamId } from '../shared/index.ts';
import type { Approval, Requirement } from './approval/approval.ts';
import type { Planned } from './conflict/conflict.ts';
import type { ItemId } from './model/items.ts';
import { rulesOf } from './model/model.ts';
import type { ChangeModel, ChangeState } from './model/model.ts';
import type { PlannedValue, ValueOutcome } from './planned/planned-value.ts';
import type { ChangeResult } from './review/result.ts';
import type { CausedIncident, ChangeReview } from './review/review.ts';
import type { Risk, RiskInput } from './risk/assess.ts';
import type { ChangeTask } from './task/task.ts';

/** The texts of a change that its risk may make mandatory (A4 row 2). The set grows at its end. */
export const PLANS = ['implementation', 'backout', 'test', 'communication'] as const;

export type PlanName = (typeof PLANS)[number];

/** By plan: the digest of its text. What is missing is empty. */
export type PlanDigests = Readonly<Partial<Record<PlanName, string>>>;

/** What its authors set, and edit as far as its state and its template let them. */
export interface ChangeFields {
  readonly title: string;
  /** What is touched; what is impacted is computed from it. */
  readonly items: readonly ItemId[];
  readonly begins: Instant | null;
  readonly ends: Instant | null;
  /** Something is out of use meanwhile. */
  readonly outage: boolean;
}

/** A conflict that somebody looked at and let be. */
export interface WaivedConflict {
  readonly key: string;
  readonly by: PersonId;
  readonly at: Instant;
  readonly reason: string;
}

export interface Change extends ChangeFields {
  readonly id: RecordId;
  readonly number: string | null;
  /** Number of its events. */
  readonly version: number;
  readonly model: string;
  readonly template: { readonly id: RecordId; readonly version: number } | null;
  readonly state: ChangeState;
  /** Null while it is not on hold. */
  readonly held: { readonly by: PersonId; readonly at: Instant; readonly reason: string } | null;
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly updatedAt: Instant;
  readonly team: TeamId | null;
  readonly owner: PersonId | null;
  readonly plans: PlanDigests;
  readonly riskInput: RiskInput | null;
  readonly risk: Risk | null;
  /** What votes are cast on: raised whenever what was asked is void. */
  readonly revision: number;
  /** Empty until somebody is asked in this revision. */
  readonly requirements: readonly Requirement[];
  readonly approvals: readonly Approval[];
  readonly waived: readonly WaivedConflict[];
  readonly tasks: readonly ChangeTask[];
  readonly result: ChangeResult | null;
  readonly caused: readonly CausedIncident[];
  readonly review: ChangeReview | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Announcements that tell people of it. */
  readonly announcements: readonly RecordId[];
  /** What it is to make of configuration items when it is closed as a success. */
  readonly values: readonly PlannedValue[];
  /** What became of them; empty until then. */
  readonly valueOutcomes: readonly ValueOutcome[];
}

/** Its place in the calendar, with which others collide; null for a change that has none in its state. */
export function placeOf(change: Change, model: ChangeModel): Planned | null {
  return rulesOf(model, change.state).holdsPlace ? plannedOf(change) : null;
}

/** The change as it stands or is to stand in the calendar; null without a window. */
export function plannedOf({ id, model, items, owner, begins, ends }: Change): Planned | null {
  return begins === null || ends === null ? null : { id, model, items, owner, begins, ends };
}
