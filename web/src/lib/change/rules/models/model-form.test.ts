import { CHANGE_MODELS, NORMAL, faultsOfModel } from '@muster/domain/change';
import { describe, expect, it } from 'vitest';
import { choicesOf, possibleWays, wayKey, withChoices, withStep, withWays } from './model-draft.ts';
import { modelText, readModel } from './model-json.ts';

describe('the form of a model', () => {
  it.each([...CHANGE_MODELS.values()].map((model) => [model.id, model] as const))(
    '[CHG-54] gives %s back as it was opened, also as text',
    (_id, model) => {
      const { id: _model, version: _version, ...rule } = model;
      expect(readModel(modelText(model))).toEqual({ rule });
      for (const step of model.steps) {
        const again = withChoices(step, choicesOf(step));
        expect([...again.needs].toSorted()).toEqual([...step.needs].toSorted());
        expect(again.stages).toEqual(step.stages);
      }
      for (const way of ['back', 'cancel'] as const) {
        const own = model.steps.filter((step) => step.way === way);
        expect(withWays(model, way, own.map(wayKey)).steps).toHaveLength(model.steps.length);
      }
    },
  );

  it('[CHG-54] takes approvals away only to be told of it', () => {
    const at = NORMAL.steps.findIndex(({ to }) => to === 'scheduled');
    const step = NORMAL.steps[at];
    if (step === undefined) throw new Error('no such step');
    const loose = withStep(NORMAL, at, withChoices(step, ['plans']));
    expect(faultsOfModel(loose).map(({ fault }) => fault)).toEqual(['unapproved']);
  });

  it('[CHG-3] closes a way back and opens it again', () => {
    const closed = withWays(NORMAL, 'back', []);
    expect(closed.steps.some(({ way }) => way === 'back')).toBe(false);
    const all = possibleWays(closed, 'back').map(wayKey);
    expect(all.toSorted()).toEqual(['assess>new', 'authorize>new', 'scheduled>authorize']);
    expect(faultsOfModel(withWays(closed, 'back', all))).toEqual([]);
  });

  it('names the place of what is no model', () => {
    const { id: _id, version: _version, ...rule } = NORMAL;
    const told = (given: object) => readModel(JSON.stringify(given));
    expect(readModel('{')).toMatchObject({ fault: expect.stringContaining('not JSON') as string });
    expect(told({ ...rule, colour: 'red' })).toMatchObject({
      fault: expect.stringContaining('“colour”') as string,
    });
    const steps = [{ ...rule.steps[0], to: 'done' }];
    expect(told({ ...rule, steps })).toMatchObject({
      fault: expect.stringContaining('steps.0.to') as string,
    });
    expect(told({ ...rule, states: { new: { ...rule.states.new, holdsPlace: 'no' } } })).toMatchObject({
      fault: 'states.new.holdsPlace must be true or false.',
    });
  });
});
