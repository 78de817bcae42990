import { CHANGE_MODELS, EMERGENCY, NORMAL } from '@muster/domain/change';
import { describe, expect, it } from 'vitest';
import { STATE, layoutOf } from './model-layout.ts';

describe('the picture of a model', () => {
  it.each([...CHANGE_MODELS.values()].map((model) => [model.id, model] as const))(
    '[CHG-1] shows each state of %s once, and every way but those out',
    (_id, model) => {
      const { states, ways, width } = layoutOf(model);
      expect(states.map(({ state }) => state)).toEqual([...Object.keys(model.states), 'closed']);
      expect(ways).toHaveLength(model.steps.filter(({ way }) => way !== 'cancel').length);
      expect(new Set(ways.map(({ key }) => key)).size).toBe(ways.length);
      expect(states.every(({ x }) => x + STATE.width <= width)).toBe(true);
    },
  );

  it('leaves room for ways back by how far they go', () => {
    expect(layoutOf(NORMAL).below).toBeGreaterThan(layoutOf(EMERGENCY).below);
  });

  it('draws nothing to a state that is not there', () => {
    const { review: _review, ...states } = NORMAL.states;
    expect(layoutOf({ ...NORMAL, states }).ways.map(({ step }) => step.to)).not.toContain('review');
  });
});
