import { DEFAULT_PHASES } from '@muster/domain/release';
import { expect, it } from 'vitest';
import { draftOf, freshPhase, planOf } from './plan-draft.ts';

it('[REL-16] gives a plan back as it was, and sorts what is added into its stage', () => {
  const draft = draftOf(DEFAULT_PHASES);
  expect(planOf(draft)).toEqual(DEFAULT_PHASES);
  const added = { ...freshPhase('building'), name: ' Second build ' };
  expect(planOf([...draft, added]).map(({ name }) => name)).toEqual([
    'Planning',
    'Building',
    'Second build',
    'Testing',
    'Deployment',
    'Hypercare',
  ]);
});
