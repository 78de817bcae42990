/** What a model must have, whoever writes it: no way to carry out what was not approved, or inside a freeze. */
import { OVER, rulesOf } from './model.ts';
import type { ChangeModel, ChangeNeed, ChangeState, ChangeStep } from './model.ts';

export type ModelFault =
  | { readonly fault: 'unknown-state'; readonly state: ChangeState }
  | { readonly fault: 'unapproved' | 'freezable' | 'late-cancel'; readonly step: ChangeStep }
  /** What was approved could be edited there and stay. */
  | { readonly fault: 'stays'; readonly state: ChangeState };

/** The faults of a model; empty for one that may be used. */
export function faultsOfModel(model: ChangeModel): readonly ModelFault[] {
  const isKnown = (state: ChangeState): boolean => Object.hasOwn(model.states, state) || OVER.has(state);
  const named = [model.initial, model.whenRejected, ...model.steps.flatMap(({ from, to }) => [from, to])];
  const unknown = [...new Set(named)].filter((state) => !isKnown(state));
  return [
    ...unknown.map((state) => ({ fault: 'unknown-state', state }) as const),
    ...model.steps.flatMap((step) => faultsOfStep(model, step)),
    ...staying(model),
  ];
}

function faultsOfStep(model: ChangeModel, step: ChangeStep): readonly ModelFault[] {
  const needs = (need: ChangeNeed): boolean => step.needs.includes(need);
  const faults: ModelFault[] = [];
  const isApproved = model.byTemplate
    ? needs('template')
    : needs('approvals') && step.mustAsk && step.stages.length > 0;
  const isPassedBy = step.to === 'implement' && step.from !== 'scheduled';
  if ((step.to === 'scheduled' || isPassedBy) && !isApproved) faults.push({ fault: 'unapproved', step });
  const isBounded = needs('window') && needs('now-in-window') && needs('no-freeze');
  if (step.to === 'implement' && !isBounded) faults.push({ fault: 'freezable', step });
  const isLate = step.from === 'review' || OVER.has(step.from);
  if (step.way === 'cancel' && isLate) faults.push({ fault: 'late-cancel', step });
  return faults;
}

/** A scheduled change falls back when its content moves; while it is carried out its content stays as it is. */
function staying(model: ChangeModel): readonly ModelFault[] {
  if (model.byTemplate) return [];
  return (['scheduled', 'implement'] as const)
    .filter((state) => {
      const { edits, whenContentMoves } = rulesOf(model, state);
      return edits.length > 0 && (state === 'implement' || whenContentMoves === null);
    })
    .map((state) => ({ fault: 'stays', state }));
}
