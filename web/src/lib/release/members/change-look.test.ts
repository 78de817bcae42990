import { CHANGE_STATES } from '@muster/domain/change';
import { expect, it } from 'vitest';
import { changeStateWords } from '#lib/wording/changes.ts';
import { changeLook } from './change-look.ts';

it('a change is called in a release what it is called on its own page', () => {
  for (const state of CHANGE_STATES)
    expect(changeLook({ state, result: null }).label).toBe(changeStateWords(state));
  expect(changeLook({ state: 'closed', result: 'backed_out' }).label).toBe('Backed out');
});
