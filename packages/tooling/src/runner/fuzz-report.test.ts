import { expect, test } from 'vitest';
import { sectionWith } from './fuzz-report.ts';
import type { FuzzRun } from './fuzz-report.ts';

const RUN: FuzzRun = {
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
};

const linesOf = (section: string) => section.split('\n').filter((line) => line.startsWith('- '));

test('tells of each long run what was run, where, what it did and how it ended', () => {
  const section = sectionWith(RUN, '');
  expect(section.startsWith('## The long fault suite\n')).toBe(true);
  expect(section).toContain('`test/sync/durability.test.ts`, effort 1000, seed pinned, 12.5 min');
  expect(section).toContain('2 x a processor, Node v24.0.0, at `abc1234`');
  expect(section).toContain('**3 passed, 1 failed**. 512 kill rounds.');
});

test('keeps what was written of other choices of files, though their data is elsewhere', () => {
  const both = { ...RUN, files: ['test/sync/wire.test.ts', 'test/sync/durability.test.ts'] };
  const page = sectionWith(both, sectionWith(RUN, ''));
  const [kept, replaced] = linesOf(page);
  const after = linesOf(sectionWith({ ...both, failed: 0 }, page));
  expect(after).toEqual([kept, replaced?.replace('1 failed', '0 failed')]);
  expect(linesOf(sectionWith(RUN, page))).toEqual([replaced, kept]);
  expect(linesOf(sectionWith({ ...RUN, files: [] }, page))).toHaveLength(1);
});
