import type { Instant, PersonId, RecordId } from '../../shared/index.ts';

/** What its authors set. */
export interface StepFields {
  readonly title: string;
  /** The section of the checklist that it stands in. */
  readonly phase: string;
  readonly owner: PersonId | null;
  /** The member change that it carries out. */
  readonly change: RecordId | null;
  /** How long it is planned to take. */
  readonly minutes: number;
  /** Steps that must be done before it. */
  readonly after: readonly string[];
  /** How it is undone; empty when there is nothing to undo. */
  readonly rollback: string;
  /** Once it is done there is no way back. */
  readonly noReturn: boolean;
}

export interface StepPlan extends StepFields {
  readonly id: string;
}

export interface Evidence {
  readonly id: string;
  /** Words, or the address of what shows it. */
  readonly text: string;
  readonly by: PersonId;
  readonly at: Instant;
}

/** That somebody ticked or unticked a step or attached evidence to it: a fact, whatever came of it. */
export interface Mark {
  readonly kind: 'ticked' | 'unticked' | 'evidence';
  readonly person: PersonId;
  /** When it was done, by the clock of whoever did it, within bounds. */
  readonly at: Instant;
  /** Its place in the server's order: the version of the release that it made. */
  readonly order: number;
  /** The version of the release that its author saw. */
  readonly seen: number;
}

export interface Step extends StepPlan {
  readonly startedAt: Instant | null;
  readonly startedBy: PersonId | null;
  readonly evidence: readonly Evidence[];
  /** In the server's order. */
  readonly marks: readonly Mark[];
  /** The mark by which it is done; null while it is not. What the marks come to. */
  readonly tick: Mark | null;
  /** Two who did not know of each other and said different things: which stands, and which does not. */
  readonly contest: { readonly stands: Mark; readonly gives: Mark } | null;
  readonly rolledBackAt: Instant | null;
  readonly rolledBackBy: PersonId | null;
}

export type ChecklistAct =
  | { readonly verb: 'add-steps'; readonly steps: readonly StepPlan[] }
  | { readonly verb: 'edit-step'; readonly step: string; readonly fields: Partial<StepFields> }
  | { readonly verb: 'drop-step'; readonly step: string }
  | { readonly verb: 'start-step'; readonly step: string }
  | { readonly verb: 'tick'; readonly step: string }
  | { readonly verb: 'untick'; readonly step: string }
  | {
      readonly verb: 'attach-evidence';
      readonly step: string;
      readonly evidence: string;
      readonly text: string;
    }
  | { readonly verb: 'roll-back-step'; readonly step: string };

/** `at`: when it was done, offline perhaps. `seen`: the version that its author saw. */
export type ChecklistEvent =
  | { readonly type: 'steps-added'; readonly steps: readonly StepPlan[] }
  | {
      readonly type: 'step-edited';
      readonly step: string;
      readonly fields: Partial<StepFields>;
      readonly before: Partial<StepFields>;
    }
  | { readonly type: 'step-dropped'; readonly step: string; readonly title: string }
  | { readonly type: 'step-started'; readonly step: string; readonly at: Instant }
  | { readonly type: 'step-ticked'; readonly step: string; readonly at: Instant; readonly seen: number }
  | { readonly type: 'step-unticked'; readonly step: string; readonly at: Instant; readonly seen: number }
  | {
      readonly type: 'evidence-attached';
      readonly step: string;
      readonly evidence: string;
      readonly text: string;
      readonly at: Instant;
      readonly seen: number;
    }
  | { readonly type: 'step-rolled-back'; readonly step: string; readonly at: Instant };

/** A step that nothing has happened to. */
export function freshStep(plan: StepPlan): Step {
  return {
    ...plan,
    startedAt: null,
    startedBy: null,
    evidence: [],
    marks: [],
    tick: null,
    contest: null,
    rolledBackAt: null,
    rolledBackBy: null,
  };
}

export function isDone({ tick }: Pick<Step, 'tick'>): boolean {
  return tick !== null;
}

/** How long it really took, in ms; null while it is not done or nobody said when it began. */
export function actualMs({ startedAt, tick }: Pick<Step, 'startedAt' | 'tick'>): number | null {
  return startedAt === null || tick === null ? null : Math.max(0, tick.at - startedAt);
}
