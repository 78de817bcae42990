import { describe, expect, test } from 'vitest';
import { faultsOfModel } from './faults.ts';
import type { ModelFault } from './faults.ts';
import type { ChangeModel, ChangeStep, StateRules } from './model.ts';
import { CHANGE_MODELS, NORMAL, STANDARD } from './models.ts';

const step = (to: string, given: Partial<ChangeStep>): ChangeModel => ({
  ...NORMAL,
  steps: NORMAL.steps.map((each) =>
    each.to === to && each.way === 'forward' ? { ...each, ...given } : each,
  ),
});
const state = (name: 'scheduled' | 'implement', given: Partial<StateRules>): ChangeModel => ({
  ...NORMAL,
  states: { ...NORMAL.states, [name]: { ...NORMAL.states[name], ...given } },
});
const NOTHING: StateRules = { edits: [], works: [], asks: [], holdsPlace: false, whenContentMoves: null };
const cancel: ChangeStep = {
  from: 'review',
  to: 'cancelled',
  way: 'cancel',
  needs: [],
  stages: [],
  mustAsk: false,
};

describe('models that somebody writes', () => {
  test.each([...CHANGE_MODELS.values()].map((model) => [model.id, model] as const))(
    '[CHG-54] %s is fit',
    (_id, model) => {
      expect(faultsOfModel(model)).toEqual([]);
    },
  );

  const unfit: readonly (readonly [ModelFault['fault'], ChangeModel])[] = [
    ['unapproved', step('scheduled', { needs: [] })],
    ['unapproved', step('scheduled', { mustAsk: false })],
    ['unapproved', step('scheduled', { stages: [] })],
    [
      'unapproved',
      { ...NORMAL, steps: [...NORMAL.steps, { ...step('implement', {}).steps[3]!, from: 'authorize' }] },
    ],
    ['unapproved', { ...STANDARD, byTemplate: false }],
    ['freezable', step('implement', { needs: ['window', 'now-in-window'] })],
    ['late-cancel', { ...NORMAL, steps: [...NORMAL.steps, cancel] }],
    ['stays', state('scheduled', { whenContentMoves: null })],
    ['stays', state('implement', { edits: ['plans'] })],
    ['unknown-state', { ...NORMAL, whenRejected: 'detected' }],
    [
      'unapproved',
      { ...NORMAL, steps: [...NORMAL.steps, { ...cancel, from: 'authorize', to: 'scheduled' }] },
    ],
    [
      'unapproved',
      { ...NORMAL, steps: [...NORMAL.steps, { ...cancel, from: 'authorize', to: 'implement', way: 'back' }] },
    ],
    ['past-approval', { ...NORMAL, initial: 'scheduled' }],
    ['past-approval', { ...NORMAL, initial: 'implement' }],
    ['past-approval', { ...NORMAL, whenRejected: 'scheduled' }],
    ['past-approval', state('scheduled', { whenContentMoves: 'implement' })],
    ['past-approval', state('scheduled', { asks: ['board'] })],
    ['stays', { ...STANDARD, states: { ...STANDARD.states, scheduled: { ...NOTHING, edits: ['plans'] } } }],
    ['stays', { ...STANDARD, states: { ...STANDARD.states, implement: { ...NOTHING, edits: ['window'] } } }],
    ['stays', { ...STANDARD, states: { ...STANDARD.states, new: { ...NOTHING, edits: ['risk'] } } }],
  ];

  test.each(unfit)('[CHG-54] %s is found', (fault, model) => {
    expect(faultsOfModel(model).map((each) => each.fault)).toContain(fault);
  });
});
