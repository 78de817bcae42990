import { expect, test } from 'vitest';
import { snoozeTimes } from '#lib/ticket/acts/snooze-times.ts';
import { silenceLabel } from './alert-words.ts';

test('a silence is chosen by how long it lasts', () => {
  const wednesday = new Date(2026, 10, 25, 14).getTime();
  expect(snoozeTimes(wednesday).map(({ label }) => silenceLabel(label))).toEqual([
    'For 1 hour',
    'For 4 hours',
    'Until tomorrow at 9',
    'Until Monday at 9',
    'For 2 weeks',
  ]);
});
