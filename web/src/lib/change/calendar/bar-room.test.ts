import { describe, expect, test } from 'vitest';
import { roomOf } from './bar-room.ts';
import type { PlacedChange } from './shown-changes.ts';

const HOUR = 3_600_000;
const SPAN = { from: 0, to: 24 * HOUR };

function placed(id: string, begins: number, ends: number, ...items: readonly string[]): PlacedChange {
  return {
    ...{ change: { id, items, model: 'normal', owner: null } as never, risk: null, firm: true },
    ...{ begins: begins * HOUR, ends: ends * HOUR },
  };
}

const roomIn = (shown: readonly PlacedChange[]) => Object.fromEntries(roomOf(shown, 'service', SPAN));

describe('room for the words of a bar', () => {
  test('they go up to the next change of the row, or to the end of what is shown', () => {
    expect(
      roomIn([placed('a', 2, 3, 'mail'), placed('b', 9, 10, 'mail'), placed('c', 4, 5, 'shop')]),
    ).toEqual({
      ...{ a: 7, b: 15, c: 20 },
    });
  });

  test('of several rows the fullest counts, and what stands at the same time is in a line of its own', () => {
    const shown = [placed('a', 2, 4, 'mail', 'shop'), placed('b', 3, 5, 'mail'), placed('c', 6, 7, 'shop')];
    expect(roomIn(shown)).toMatchObject({ a: 4, b: 21 });
  });

  test('one that began before is drawn from the edge', () => {
    expect(roomIn([placed('a', -5, 1, 'mail')])).toEqual({ a: 24 });
  });
});
