import { expect, test } from 'vitest';
import { conflictTitle, conflictWords } from './conflict-words.ts';
import type { ConflictNames } from './conflict-words.ts';

const names: ConflictNames = {
  change: () => 'CHG-2026-00001 “New relay”',
  window: () => 'Year end',
  item: () => 'Mail',
  stretch: () => 'Thu 3 Dec, 02:00–04:00',
};
const freeze = {
  kind: 'item-frozen',
  key: 'k',
  from: 0,
  to: 1,
  change: null,
  items: [],
  windows: ['w'],
} as const;

test('a hard freeze is told from a soft one, with what can be done about it', () => {
  const hard = { ...freeze, hard: true };
  expect(`${conflictTitle(hard)}: ${conflictWords(hard, names)}`).toBe(
    'In a hard freeze: Year end, Thu 3 Dec, 02:00–04:00. Nothing begins as long as it lasts.',
  );
  const soft = { ...freeze, hard: false };
  expect(`${conflictTitle(soft)}: ${conflictWords(soft, names)}`).toBe(
    'In a soft freeze: Year end, Thu 3 Dec, 02:00–04:00. Who manages changes may overrule it with a reason.',
  );
});
