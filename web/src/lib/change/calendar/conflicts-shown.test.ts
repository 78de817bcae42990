import type { Conflict } from '@muster/domain/change';
import { expect, test } from 'vitest';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import { conflictsAmong } from './conflicts-shown.ts';

const rows = ['a', 'b', 'c'].map((id) => ({ id, number: null, token: id, title: `Change ${id}` }));
const changes = rows as unknown as readonly ChangeRow[];
const conflict = (key: string, change: string | null) =>
  ({ kind: change === null ? 'item-frozen' : 'same-item', key, change }) as Conflict;

test('what two changes have against each other is told once, at the first of them', () => {
  const against: Readonly<Record<string, readonly Conflict[]>> = {
    a: [conflict('1', 'b'), conflict('freeze', null)],
    b: [conflict('2', 'a'), conflict('freeze', null)],
  };
  const found = conflictsAmong(changes, ({ id }) => against[id] ?? [], 9);
  expect(found.map(({ title, conflict: { kind } }) => `${title}: ${kind}`)).toEqual([
    'a Change a: same-item',
    'a Change a: item-frozen',
    'b Change b: item-frozen',
  ]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(3);
});

test('no more are looked for than are told, and one', () => {
  const asked: string[] = [];
  const many = ({ id }: ChangeRow) => {
    asked.push(id);
    return [1, 2, 3].map((n) => conflict(`${id}${n}`, null));
  };
  expect(conflictsAmong(changes, many, 2)).toHaveLength(3);
  expect(asked).toEqual(['a']);
});
