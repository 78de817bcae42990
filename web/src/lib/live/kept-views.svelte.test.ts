import { afterEach, describe, expect, test } from 'vitest';
import { KeptViews } from './kept-views.svelte.ts';

const KEY = 'muster.trial-views.somebody';
const open = () => new KeptViews<{ id: string; name: string; size: number }>(KEY, isSized);

function isSized({ size }: Readonly<Record<string, unknown>>): boolean {
  return typeof size === 'number';
}

afterEach(() => localStorage.removeItem(KEY));

describe('views that a person keeps', () => {
  test('are there again, one of a name in the place where it was, until they are removed', () => {
    const views = open();
    views.keep({ id: 'a', name: 'Small', size: 1 });
    views.keep({ id: 'b', name: 'Large', size: 9 });
    views.keep({ id: 'c', name: 'Small', size: 2 });
    expect(open().all.map(({ id, size }) => [id, size])).toEqual([
      ['c', 2],
      ['b', 9],
    ]);
    views.remove('b');
    expect(open().all.map(({ id }) => id)).toEqual(['c']);
  });

  test('are those of another tab too, once it is followed', () => {
    const views = open();
    const end = views.follow();
    const told = (size: number) => {
      const newValue = JSON.stringify([{ id: 'a', name: 'Theirs', size }]);
      dispatchEvent(new StorageEvent('storage', { key: KEY, newValue }));
    };
    told(1);
    expect(views.all).toEqual([{ id: 'a', name: 'Theirs', size: 1 }]);
    dispatchEvent(new StorageEvent('storage', { key: 'muster.other', newValue: '[]' }));
    expect(views.all).toHaveLength(1);
    end();
    told(2);
    expect(views.all[0]?.size).toBe(1);
  });

  test('are without what does not fit, whatever was stored', () => {
    for (const stored of ['', '{', 'null', '7', '{"id":"a"}']) {
      localStorage.setItem(KEY, stored);
      expect(open().all).toEqual([]);
    }
    const fits = { id: 'a', name: 'A', size: 1 };
    localStorage.setItem(KEY, JSON.stringify([null, 'a', { ...fits, id: 1 }, { ...fits, size: '1' }, fits]));
    expect(open().all).toEqual([fits]);
  });
});
