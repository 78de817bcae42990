import { DEFAULT_AGENDA } from '@muster/domain/change';
import type { MeetingBoard } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { datesOf, pastOf } from './board-dates.ts';
import {
  boardDraftOf,
  boardOf,
  changedFields,
  hasDates,
  movedOnto,
  newBoardDraft,
  peopleToName,
} from './board-draft.ts';
import { whenWords } from './board-words.ts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const DAY = 86_400_000;

const BOARD: MeetingBoard = {
  ...{ id: recordId('b1'), version: 3, retired: false, updatedAt: NOW, name: 'Weekly', itemMinutes: 10 },
  ...{ chairs: [personId('ana')], members: [personId('ben')] },
  when: {
    zone: 'Europe/Zurich',
    begins: '2026-06-01T11:00',
    ends: '2026-06-01T12:00',
    repeats: { unit: 'week', every: 1, weekdays: [1], until: null },
  },
  agenda: { ...DEFAULT_AGENDA, when: { risk: 'high', outage: true } },
};

describe('[CHG-90] a board as its form holds it', () => {
  it('comes back as it was, with what the form does not show, and sends what was altered alone', () => {
    const draft = boardDraftOf(BOARD);
    expect(changedFields(BOARD, boardOf(draft))).toEqual({});
    expect(changedFields(BOARD, boardOf({ ...draft, itemMinutes: '5', risk: '' }))).toEqual({
      itemMinutes: 5,
      agenda: { ...BOARD.agenda, when: { outage: true } },
    });
  });

  it('[CHG-108] stands on what others made of it, with what its author altered and the people of both', () => {
    const draft = { ...boardDraftOf(BOARD), name: 'Mine', itemMinutes: '5', members: ['ben', 'cleo'] };
    const members = [personId('dan')];
    const now = { ...BOARD, version: 5, name: 'Theirs', members, chairs: [personId('eva')] };
    const moved = movedOnto(draft, BOARD, now);
    expect(moved).toMatchObject({ name: 'Mine', members: ['dan', 'cleo'], chairs: ['eva'] });
    expect(changedFields(now, boardOf(moved))).toEqual({
      ...{ name: 'Mine', itemMinutes: 5 },
      members: ['dan', 'cleo'],
    });
  });

  it('names those who may be, and those who are there still although they may not be any more', () => {
    const person = (id: string, active: boolean) => [
      personId(id),
      { id, name: id, active, roles: ['agent'] },
    ];
    const people = new Map([person('ana', true), person('ben', false), person('dan', false)] as never);
    expect(peopleToName({ people } as never, ['ana', 'ben'])).toEqual([
      { value: 'ana', label: 'ana' },
      { value: 'ben', label: 'ben', hint: expect.any(String) as string },
    ]);
  });

  it('begins with a chair and an hour in a week', () => {
    const draft = newBoardDraft(recordId('b2'), NOW, 'Europe/Zurich', 'ana');
    expect(boardOf(draft)).toMatchObject({ chairs: ['ana'], when: { begins: '2026-06-08T10:00' } });
    expect([hasDates(draft), hasDates({ ...draft, zone: 'Nowhere/At' })]).toEqual([true, false]);
  });

  it('says when it meets', () => {
    expect(whenWords(BOARD.when)).toBe('Every week on Monday, 11:00–12:00 (Europe/Zurich)');
    const repeats = { unit: 'day', every: 2, weekdays: [], until: '2026-07-01' } as const;
    expect(whenWords({ ...BOARD.when, repeats })).toContain('Every 2 days, 11:00–12:00');
  });
});

describe('[CHG-91] the dates of a board', () => {
  const row = (beginsAt: number, state: 'planned' | 'live' | 'closed' | 'called_off') => ({
    ...{
      id: recordId(`m${beginsAt}${state}`),
      version: 1,
      board: BOARD.id,
      state,
      beginsAt,
      endsAt: beginsAt,
    },
    ...{ adHoc: false, itemMinutes: 10, invited: [], chair: null, openedAt: null, closedAt: null },
    ...{ reason: null, updatedAt: NOW, items: 0, decided: 0, pending: 0 },
  });
  const first = Date.parse('2026-06-01T09:00:00Z');

  it('stand once: planned where somebody planned them, open again where that was called off', () => {
    const meetings = [row(first, 'planned'), row(first + 7 * DAY, 'called_off'), row(first + DAY, 'planned')];
    expect(datesOf(BOARD, meetings, NOW, 2).map(({ from, meeting }) => [from, meeting !== null])).toEqual([
      [first, true],
      [first + DAY, true],
      [first + 7 * DAY, false],
    ]);
  });

  it('leave out what is held and what is over, which stands among the past', () => {
    const meetings = [row(first, 'live'), row(first - 7 * DAY, 'closed')];
    expect(datesOf(BOARD, meetings, NOW, 1)).toEqual([]);
    expect(pastOf(BOARD, meetings).map(({ state }) => state)).toEqual(['closed']);
  });
});
