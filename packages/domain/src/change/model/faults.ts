/** What a model must have, whoever writes it: no way to carry out what was not approved, or inside a freeze. */
import { OVER, UNDECIDED, rulesOf } from './model.ts';
import type { ChangeModel, ChangeNeed, ChangeState, ChangeStep, ContentKind, StateRules } from './model.ts';

export type ModelFault =
  | { readonly fault: 'unknown-state'; readonly state: ChangeState }
  | { readonly fault: 'unapproved' | 'freezable' | 'late-cancel'; readonly step: ChangeStep }
  /** What was approved could be edited there and stay. */
  | { readonly fault: 'stays'; readonly state: ChangeState }
  /** A change would come to it without a step that looks at approvals and freezes, or be asked about in it too late. */
  | { readonly fault: 'past-approval'; readonly state: ChangeState };

/** The faults of a model; empty for one that may be used. */
export function faultsOfModel(model: ChangeModel): readonly ModelFault[] {
  const isKnown = (state: ChangeState): boolean => Object.hasOwn(model.states, state) || OVER.has(state);
  const named = [model.initial, model.whenRejected, ...model.steps.flatMap(({ from, to }) => [from, to])];
  const unknown = [...new Set(named)].filter((state) => !isKnown(state));
  return [
    ...unknown.map((state) => ({ fault: 'unknown-state', state }) as const),
    ...model.steps.flatMap((step) => faultsOfStep(model, step)),
    ...pastApproval(model),
    ...staying(model),
  ];
}

function faultsOfStep(model: ChangeModel, step: ChangeStep): readonly ModelFault[] {
  const needs = (need: ChangeNeed): boolean => step.needs.includes(need);
  const faults: ModelFault[] = [];
  // what goes back or out looks at nothing that a step needs
  const isAside =
    step.way !== 'forward' && (step.way === 'cancel' ? step.to !== 'cancelled' : !UNDECIDED.has(step.to));
  if (isAside) return [{ fault: 'unapproved', step }];
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

/** Where a change begins, and falls back to by itself, nothing is decided yet; nor is anybody asked once it is. */
function pastApproval({ initial, whenRejected, states }: ChangeModel): readonly ModelFault[] {
  const rules = Object.entries(states) as readonly (readonly [ChangeState, StateRules])[];
  const reached = [
    initial,
    whenRejected,
    ...rules.flatMap(([, { whenContentMoves }]) => whenContentMoves ?? []),
  ];
  const late = rules
    .filter(([state, { asks }]) => asks.length > 0 && !UNDECIDED.has(state))
    .map(([state]) => state);
  const past = new Set([...reached.filter((state) => !UNDECIDED.has(state)), ...late]);
  return [...past].map((state) => ({ fault: 'past-approval', state }));
}

/** What a template holds is its own: only when, and on what while the change is new, is for each change to say. */
function stayingByTemplate(model: ChangeModel): readonly ModelFault[] {
  const free = (state: string): readonly ContentKind[] =>
    state === model.initial ? ['items', 'window'] : ['window'];
  const rules = Object.entries(model.states) as readonly (readonly [ChangeState, StateRules])[];
  return rules
    .filter(([state, { edits }]) =>
      edits.some((kind) => state === 'implement' || !free(state).includes(kind)),
    )
    .map(([state]) => ({ fault: 'stays', state }));
}

/** A scheduled change falls back when its content moves; while it is carried out its content stays as it is. */
function staying(model: ChangeModel): readonly ModelFault[] {
  if (model.byTemplate) return stayingByTemplate(model);
  return (['scheduled', 'implement'] as const)
    .filter((state) => {
      const { edits, whenContentMoves } = rulesOf(model, state);
      return edits.length > 0 && (state === 'implement' || whenContentMoves === null);
    })
    .map((state) => ({ fault: 'stays', state }));
}
