import { expect, test } from 'vitest';
import { sectionOf } from './fuzz-report.ts';

test('tells of each long run what was run, where, what it did and how it ended', () => {
  const section = sectionOf([
    {
      startedAt: '2026-11-23T13:00:00.000Z',
      commit: 'abc1234',
      minutes: 12.5,
      runs: 1000,
      seed: 'pinned',
      files: ['test/sync/durability.test.ts'],
      machine: { processors: 2, model: 'a processor', memoryBytes: 1, node: 'v24.0.0' },
      passed: 3,
      failed: 1,
      measures: [{ what: 'kill rounds', count: 512 }],
    },
  ]);
  expect(section.startsWith('## The long fault suite\n')).toBe(true);
  expect(section).toContain('`test/sync/durability.test.ts`, effort 1000, seed pinned, 12.5 min');
  expect(section).toContain('2 x a processor, Node v24.0.0, at `abc1234`');
  expect(section).toContain('**3 passed, 1 failed**. 512 kill rounds.');
});
