import { describe, expect, it } from 'vitest';
import { AT_LATEST_MS, DueRooms, STILL_MS } from './due-rooms.ts';

describe('when a room is indexed', () => {
  it('is due once nobody has written in it for a while', () => {
    const rooms = new DueRooms();
    rooms.note('a', 0);
    rooms.note('b', 10);
    rooms.note('a', STILL_MS - 1);
    expect(rooms.next(STILL_MS + 9)).toBeNull();
    expect(rooms.next(STILL_MS + 10)).toBe('b');
    rooms.take('b');
    expect(rooms.next(2 * STILL_MS - 2)).toBeNull();
    expect(rooms.next(2 * STILL_MS - 1)).toBe('a');
  });

  it('is due at the latest a while after its first word, however busy it and others are', () => {
    const rooms = new DueRooms();
    for (let now = 0; now < AT_LATEST_MS; now += STILL_MS / 2) {
      for (const name of ['a', 'b']) rooms.note(name, now);
      expect(rooms.next(now)).toBeNull();
    }
    expect(rooms.next(AT_LATEST_MS)).toBe('a');
    rooms.take('a');
    expect(rooms.next(AT_LATEST_MS)).toBe('b');
    rooms.note('a', AT_LATEST_MS);
    rooms.take('b');
    expect(rooms.next(AT_LATEST_MS)).toBeNull();
  });
});
