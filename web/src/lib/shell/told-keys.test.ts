import { expect, test } from 'vitest';
import type { Act } from './shortcuts.svelte.ts';
import { toldKeys } from './told-keys.ts';

const act = (label: string, keys: string | readonly string[]): Act => ({ label, keys, run: () => undefined });

test('[DSK-211] a key is told once, as what the innermost screen does with it', () => {
  const told = toldKeys([
    { context: 'Record', acts: [act('Change state', 's'), act('Snooze', 'h')] },
    { context: 'Everywhere', acts: [act('Search', ['/', 's']), act('Home', 'h'), act('Go to queue', 'g q')] },
  ]);
  expect(
    told.map(({ context, lines }) => [context, lines.map(({ act: { label }, keys }) => [label, ...keys])]),
  ).toEqual([
    [
      'Record',
      [
        ['Change state', 's'],
        ['Snooze', 'h'],
      ],
    ],
    [
      'Everywhere',
      [
        ['Search', '/'],
        ['Go to queue', 'g q'],
      ],
    ],
  ]);
});

test('[DSK-211] an act of the same screen keeps the keys that others of it do not take', () => {
  const [group] = toldKeys([
    { context: 'Queue', acts: [act('Next', ['j', 'ArrowDown']), act('Palette', [])] },
  ]);
  expect(group?.lines).toMatchObject([{ keys: ['j', 'ArrowDown'] }]);
});
