/** Models of changes: which states there are, what each allows and what every step asks for. Data, not code (A4 row 1). */
import type { ApprovalStage } from '../approval/approval.ts';
import type { TaskKind } from '../task/task.ts';

/** The set grows at its end. */
export const CHANGE_STATES = [
  'new',
  'detected',
  'assess',
  'authorize',
  'scheduled',
  'implement',
  'review',
  'closed',
  'cancelled',
] as const;

export type ChangeState = (typeof CHANGE_STATES)[number];

/** What of a change is bound by approvals and can be locked by its state or its template. */
export type ContentKind = 'items' | 'window' | 'outage' | 'risk' | 'plans';

/** What must be so before a step is taken. */
export type ChangeNeed =
  | 'plans'
  | 'items'
  | 'window'
  | 'risk'
  | 'template'
  /** Of the step's `stages`, on the present content. */
  | 'approvals'
  /** Cleared or waived. */
  | 'conflicts'
  /** Or a reason why not. */
  | 'now-in-window'
  /** A soft one is overruled with a reason, a hard one by nothing. */
  | 'no-freeze'
  | 'tasks'
  | 'result'
  | 'review';

export interface ChangeStep {
  readonly from: ChangeState;
  readonly to: ChangeState;
  readonly way: 'forward' | 'back' | 'cancel';
  readonly needs: readonly ChangeNeed[];
  readonly stages: readonly ApprovalStage[];
  /** Whether it is refused where no policy asks anybody. */
  readonly mustAsk: boolean;
}

export interface StateRules {
  readonly edits: readonly ContentKind[];
  /** Kinds of tasks that may be worked on. */
  readonly works: readonly TaskKind[];
  /** Whose approval is asked for on entering it. */
  readonly asks: readonly ApprovalStage[];
  /** It has its place in the calendar: others collide with it. */
  readonly holdsPlace: boolean;
  /** Where the change falls back to when what was approved moves. */
  readonly whenContentMoves: ChangeState | null;
}

export interface ChangeModel {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly initial: ChangeState;
  readonly states: Readonly<Partial<Record<ChangeState, StateRules>>>;
  readonly steps: readonly ChangeStep[];
  readonly whenRejected: ChangeState;
  /** Made from a template, which holds all but when, on what and by whom. */
  readonly byTemplate: boolean;
  /** A review is required however it went. */
  readonly reviews: boolean;
}

/** The states in which nothing can be done any more. */
export const OVER: ReadonlySet<ChangeState> = new Set(['closed', 'cancelled']);

/** The states before anything is decided: only here are approvals asked for and given. */
export const UNDECIDED: ReadonlySet<ChangeState> = new Set(['new', 'detected', 'assess', 'authorize']);

export function isUndecided({ state }: { readonly state: ChangeState }): boolean {
  return UNDECIDED.has(state);
}

export function isOver({ state }: { readonly state: ChangeState }): boolean {
  return OVER.has(state);
}

const NOTHING: StateRules = {
  edits: [],
  works: [],
  asks: [],
  holdsPlace: false,
  whenContentMoves: null,
};

export function rulesOf({ states }: ChangeModel, state: ChangeState): StateRules {
  return states[state] ?? NOTHING;
}

/** Whether content of a kind stays as it is in a state, whoever writes it and wherever (CHG-65). */
export function isContentLocked(model: ChangeModel, state: ChangeState, kind: ContentKind): boolean {
  return !rulesOf(model, state).edits.includes(kind);
}

export function stepsFrom({ steps }: ChangeModel, state: ChangeState): readonly ChangeStep[] {
  return steps.filter(({ from }) => from === state);
}
