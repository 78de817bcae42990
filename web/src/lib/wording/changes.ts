/** What the states, risks, results and parts of changes are called. */
import type {
  ApprovalState,
  ChangeResult,
  ChangeState,
  ContentKind,
  PlanName,
  RiskEngine,
  RiskLevel,
  TaskKind,
  TaskStage,
  TemplateState,
} from '@muster/domain/change';
import type { StateShape } from '../ui/StatePill.svelte';
import type { Tone } from '../ui/tone.ts';

const STATES: Readonly<Record<ChangeState, readonly [label: string, shape: StateShape, tone: Tone]>> = {
  new: ['New', 'dotted', 'neutral'],
  detected: ['Detected', 'dotted', 'warning'],
  assess: ['Assessed', 'ring', 'info'],
  authorize: ['To be approved', 'half', 'warning'],
  scheduled: ['Scheduled', 'most', 'info'],
  implement: ['In progress', 'full', 'info'],
  review: ['In review', 'most', 'neutral'],
  closed: ['Closed', 'check', 'success'],
  cancelled: ['Cancelled', 'cross', 'neutral'],
};

export function changeStateWords(state: unknown): string {
  return isKey(STATES, state) ? STATES[state][0] : 'Elsewhere';
}

export function changeStateLook(state: ChangeState): {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
} {
  const [label, shape, tone] = STATES[state];
  return { label, shape, tone };
}

export const CHANGE_STEP_WORDS: Readonly<Record<ChangeState, string>> = {
  new: 'Back to new',
  detected: 'Back to detected',
  assess: 'Have it assessed',
  authorize: 'Ask for approval',
  scheduled: 'Schedule',
  implement: 'Begin',
  review: 'To the review',
  closed: 'Close',
  cancelled: 'Cancel',
};

const MODELS: Readonly<Record<string, string>> = {
  normal: 'Normal',
  standard: 'Standard',
  emergency: 'Emergency',
  unauthorised: 'Unauthorised',
};

/** A model where its present name is not at hand: in histories and refusals. */
export function modelWords(model: string): string {
  return MODELS[model] ?? model;
}

/** A model as it is called now. */
export function modelName(models: ReadonlyMap<string, { readonly name: string }>, model: string): string {
  return models.get(model)?.name ?? modelWords(model);
}

export const RISK_WORDS: Readonly<Record<RiskLevel, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  very_high: 'Very high',
  critical: 'Critical',
};

export const ENGINE_WORDS: Readonly<Record<RiskEngine, string>> = {
  conditions: 'Conditions',
  questionnaire: 'Questions',
  matrix: 'Likelihood and impact',
  history: 'Changes like it before',
};

export const RESULT_WORDS: Readonly<Record<ChangeResult, string>> = {
  successful: 'Successful',
  issues: 'With issues',
  failed: 'Failed',
  backed_out: 'Backed out',
};

export const PLAN_WORDS: Readonly<Record<PlanName, string>> = {
  implementation: 'Implementation plan',
  backout: 'Back-out plan',
  test: 'Test plan',
  communication: 'Communication plan',
};

export const APPROVAL_WORDS: Readonly<Record<ApprovalState | 'not_required', string>> = {
  requested: 'Asked',
  approved: 'Approved',
  rejected: 'Rejected',
  abstained: 'Abstained',
  delegated: 'Handed on',
  expired: 'Too late',
  void: 'Void',
  not_required: 'Not required',
};

export const TASK_KIND_WORDS: Readonly<Record<TaskKind, string>> = {
  planning: 'Planning',
  implementation: 'Implementation',
  testing: 'Testing',
  review: 'Review',
  backout: 'Back-out',
};

export const TASK_STAGE_WORDS: Readonly<Record<TaskStage, string>> = {
  pending: 'Waits',
  open: 'Open',
  in_progress: 'In progress',
  done: 'Done',
  skipped: 'Skipped',
  failed: 'Failed',
};

export const TEMPLATE_STATE_WORDS: Readonly<Record<TemplateState, string>> = {
  proposed: 'Proposed',
  active: 'Active',
  rejected: 'Rejected',
  retired: 'Retired',
};

const CONTENT: Readonly<Record<ContentKind | 'values', string>> = {
  items: 'what is touched',
  window: 'the window',
  outage: 'whether there is an outage',
  risk: 'the answers about its risk',
  plans: 'the plans',
  values: 'the planned values',
};

/** A part of the content of a change, also a single plan as digests name it. */
export function contentWords(what: unknown): string {
  if (isKey(CONTENT, what)) return CONTENT[what];
  const plan = String(what).replace(/^plan[:.]/, '');
  return isKey(PLAN_WORDS, plan) ? `the ${PLAN_WORDS[plan].toLowerCase()}` : 'a part of it';
}

function isKey<Key extends string>(words: Readonly<Record<Key, unknown>>, key: unknown): key is Key {
  return typeof key === 'string' && Object.hasOwn(words, key);
}
