/** What of a model its form sets: its name, what its steps need, and its ways back and out. The rest stays as it is. */
import { APPROVAL_STAGES, isUndecided } from '@muster/domain/change';
import type { ApprovalStage, ChangeModel, ChangeNeed, ChangeState, ChangeStep } from '@muster/domain/change';

/** A need or a stage whose policies are asked, as one choice of a step. */
export type StepChoice = ChangeNeed | `stage:${ApprovalStage}`;

/** What a form may choose for a step. What is bound to carrying out, and to templates, is not among it. */
export const STEP_CHOICES = [
  'plans',
  'items',
  'window',
  'risk',
  'conflicts',
  'tasks',
  'stage:technical',
  'stage:board',
] as const satisfies readonly StepChoice[];

const isShown = (choice: StepChoice): boolean => (STEP_CHOICES as readonly StepChoice[]).includes(choice);

export function choicesOf({ needs, stages }: ChangeStep): readonly StepChoice[] {
  return [...needs, ...stages.map((stage) => `stage:${stage}` as const)].filter(isShown);
}

/** The step with these choices; needs that no form shows stay. Stages bring the need for approvals along. */
export function withChoices(step: ChangeStep, choices: readonly string[]): ChangeStep {
  const stages = APPROVAL_STAGES.filter((stage) => choices.includes(`stage:${stage}`));
  const hidden = step.needs.filter((need) => !isShown(need) && need !== 'approvals');
  const chosen = STEP_CHOICES.filter(
    (choice): choice is (typeof STEP_CHOICES)[number] & ChangeNeed =>
      !choice.startsWith('stage:') && choices.includes(choice),
  );
  const needs: readonly ChangeNeed[] = [
    ...chosen,
    ...(stages.length > 0 ? (['approvals'] as const) : []),
    ...hidden,
  ];
  return { ...step, needs, stages };
}

export function withStep(model: ChangeModel, at: number, step: ChangeStep): ChangeModel {
  return { ...model, steps: model.steps.map((each, index) => (index === at ? step : each)) };
}

export const wayKey = ({ from, to }: Pick<ChangeStep, 'from' | 'to'>): string => `${from}>${to}`;

/** The ways back or out that a model has or could have: back to its beginning or to approval, out before the review. */
export function possibleWays(model: ChangeModel, way: 'back' | 'cancel'): readonly ChangeStep[] {
  const states = (Object.keys(model.states) as ChangeState[]).filter((state) => state !== 'review');
  const to = (from: ChangeState): readonly ChangeState[] => {
    if (way === 'cancel') return ['cancelled'];
    if (from === 'scheduled') return states.filter((state) => state === 'authorize');
    return isUndecided({ state: from }) && from !== model.initial ? [model.initial] : [];
  };
  const could = states.flatMap((from) =>
    to(from).map((each): ChangeStep => ({ from, to: each, way, needs: [], stages: [], mustAsk: false })),
  );
  const has = model.steps.filter((step) => step.way === way);
  return [...has, ...could.filter((each) => !has.some((step) => wayKey(step) === wayKey(each)))];
}

/** The model with these ways back or out and no others of them. */
export function withWays(model: ChangeModel, way: 'back' | 'cancel', keys: readonly string[]): ChangeModel {
  const ways = possibleWays(model, way).filter((step) => keys.includes(wayKey(step)));
  return { ...model, steps: [...model.steps.filter((step) => step.way !== way), ...ways] };
}
