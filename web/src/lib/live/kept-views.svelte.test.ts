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

  const three = () => {
    const views = open();
    for (const [size, id] of ['a', 'b', 'c'].entries()) views.keep({ id, name: id.toUpperCase(), size });
    return views;
  };
  const told = (views: ReturnType<typeof open>) => views.all.map(({ id, name }) => `${id} ${name}`);

  test('come back to where they stood when they were removed, and to the end where another tab removed them first', () => {
    const views = three();
    const gone = views.all[1]!;
    const place = views.remove('b');
    views.bringBack(gone, { place });
    expect(told(views)).toEqual(['a A', 'b B', 'c C']);
    views.remove('b');
    views.bringBack(gone, { place: views.remove('b') });
    expect(told(views)).toEqual(['a A', 'c C', 'b B']);
    expect(told(open())).toEqual(told(views));
  });

  test('come back in place of the view that took theirs, and beside any other that has their name', () => {
    const views = three();
    const before = views.keep({ id: 'd', name: 'B', size: 4 })!;
    expect(told(views)).toEqual(['a A', 'd B', 'c C']);
    views.bringBack(before, { replacedBy: 'd' });
    expect(told(views)).toEqual(['a A', 'b B', 'c C']);
    views.keep({ id: 'd', name: 'B', size: 4 });
    views.keep({ id: 'e', name: 'B', size: 5 });
    views.bringBack(before, { replacedBy: 'd' });
    expect(told(views)).toEqual(['a A', 'e B', 'c C', 'b B (before)']);
  });

  test('come back under another name where theirs was taken meanwhile, as often as that is so', () => {
    const views = three();
    const gone = views.all[0]!;
    const place = views.remove('a');
    views.keep({ id: 'd', name: 'A', size: 4 });
    views.keep({ id: 'e', name: 'A (before)', size: 5 });
    views.bringBack(gone, { place });
    expect(told(views)).toEqual(['a A (before) (before)', 'b B', 'c C', 'd A', 'e A (before)']);
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
