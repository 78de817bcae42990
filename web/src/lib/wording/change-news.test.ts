import { MAIL_KINDS } from '@muster/domain/shared';
import { expect, it } from 'vitest';
import { changeNewsWords } from './change-news.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'mara' ? 'Mara Lind' : 'somebody'),
  team: () => 'a team',
  service: () => 'a service',
  record: () => 'a record',
  time: () => '23:10',
};

it('news of changes name the change, who did it and what moved', () => {
  const by = { by: 'mara', change: 'New relay' };
  expect(changeNewsWords('approval-asked', { ...by, dueAt: 1 }, say)).toBe(
    'Mara Lind asks you to approve “New relay”, until 23:10',
  );
  expect(changeNewsWords('approval-void', { ...by, differs: ['plan:backout'] }, say)).toBe(
    'Your vote on “New relay” is void: Mara Lind changed the back-out plan',
  );
  expect(changeNewsWords('change-task', { ...by, title: 'Stop it', why: 'open' }, say)).toBe(
    'Your task “Stop it” of “New relay” can begin',
  );
  expect(changeNewsWords('assigned', by, say)).toBeNull();
});

it('every kind that can be mailed about a change has words here', () => {
  const kinds = MAIL_KINDS.filter((kind) => /^(approval-|change-|backout-|board-)/.test(kind));
  expect(kinds.length).toBeGreaterThan(8);
  for (const kind of kinds) expect(changeNewsWords(kind, {}, say), kind).toMatch(/^[^a-z].*/);
});
