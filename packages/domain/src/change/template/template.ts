/** Standard changes: what was approved once and is done again (A4 row 16). */
import type { Instant, PersonId, RecordId, TeamId } from '../../shared/index.ts';
import type { PlanName } from '../change.ts';
import type { ChangeResult } from '../review/result.ts';
import { CHANGE_RESULTS } from '../review/result.ts';
import type { RiskInput } from '../risk/assess.ts';
import type { TaskFields } from '../task/task.ts';

export const TEMPLATE_STATES = ['proposed', 'active', 'rejected', 'retired'] as const;

export type TemplateState = (typeof TEMPLATE_STATES)[number];

export interface TemplateTask extends TaskFields {
  /** A ULID of its own: the task of each change made from it has it too. */
  readonly id: string;
}

/** What every change made from it has, and cannot change. */
export interface TemplateFields {
  readonly name: string;
  readonly outage: boolean;
  readonly plans: Readonly<Partial<Record<PlanName, string>>>;
  readonly tasks: readonly TemplateTask[];
  readonly riskInput: RiskInput | null;
  /** How long its window is meant to be. */
  readonly minutes: number;
  readonly team: TeamId | null;
}

export interface ChangeTemplate extends TemplateFields {
  readonly id: RecordId;
  /** Number of its events. */
  readonly version: number;
  /** Of its fields: what was approved is approved in one revision. */
  readonly revision: number;
  readonly state: TemplateState;
  readonly proposedBy: PersonId;
  /** Who wrote the present revision: they do not approve it. */
  readonly writtenBy: PersonId;
  readonly updatedAt: Instant;
  readonly reason: string | null;
  /** Changes made from it. */
  readonly uses: number;
  readonly results: Readonly<Record<ChangeResult, number>>;
  /** The change after whose failure it should be retired; null when there is no such cause. */
  readonly retirementProposed: RecordId | null;
}

export const NO_RESULTS: ChangeTemplate['results'] = { successful: 0, issues: 0, failed: 0, backed_out: 0 };

/** The share of those that ended which went well, 0 to 1; null before the first has ended. */
export function successRate({ results }: Pick<ChangeTemplate, 'results'>): number | null {
  const ended = CHANGE_RESULTS.reduce((sum, result) => sum + results[result], 0);
  return ended === 0 ? null : (results.successful + results.issues) / ended;
}
