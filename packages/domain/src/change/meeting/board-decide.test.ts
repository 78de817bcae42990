import { expect, test } from 'vitest';
import { permissionsOf, personId } from '../../shared/index.ts';
import { DAY, NOW, PEOPLE, actorOf, refusedFor } from '../test-board.ts';
import { decideBoard, evolveBoard } from './board-decide.ts';
import type { BoardContext } from './board-decide.ts';
import type { BoardAct } from './board-acts.ts';
import { nextOccurrences } from './board.ts';
import type { BoardFields } from './board.ts';
import { WEEKLY } from './test-meeting.ts';

const person = personId;

const manager = [...PEOPLE.people.values()].find(({ roles }) => permissionsOf(roles).has('change.manage'));
const outsider = [...PEOPLE.people.values()].find(({ roles }) => !permissionsOf(roles).has('change.read'));

function fieldsOf(given: Partial<BoardFields> = {}): BoardFields {
  const { name, when, itemMinutes, chairs, members, agenda } = WEEKLY;
  return { name, when, itemMinutes, chairs, members, agenda, ...given };
}

function board(
  act: BoardAct,
  state: typeof WEEKLY | null = WEEKLY,
  who = manager?.id ?? '',
  { since = [], directory = PEOPLE }: Partial<Pick<BoardContext, 'since' | 'directory'>> = {},
) {
  return decideBoard(state, act, { actor: actorOf(who), target: WEEKLY.id, directory, since });
}

test('[CHG-90] a board that is made or altered has a name, dates, a chair and states to look at', () => {
  expect(board({ verb: 'create', fields: fieldsOf({ name: ' Weekly ' }) }, null)).toMatchObject({
    ok: true,
    value: { events: [{ type: 'made', fields: { name: 'Weekly' } }] },
  });
  const odd: readonly [Partial<BoardFields>, string][] = [
    [{ name: ' ' }, 'name'],
    [{ chairs: [] }, 'chairs'],
    [{ members: [person('nobody')] }, 'person'],
    [{ members: [person(outsider?.id ?? '')] }, 'person'],
    [{ itemMinutes: 0 }, 'itemMinutes'],
    [{ when: { ...WEEKLY.when, zone: null } }, 'zone'],
    [{ when: { ...WEEKLY.when, zone: 'Nowhere/At' } }, 'zone'],
    [{ when: { ...WEEKLY.when, ends: '2026-06-01T10:00' } }, 'ends'],
    [{ agenda: { ...WEEKLY.agenda, states: [] } }, 'states'],
  ];
  for (const [fields, field] of odd)
    expect(board({ verb: 'edit', fields })).toMatchObject(refusedFor('board-field', { field }));
});

test('[CHG-90] who does not manage changes alters no board', () => {
  expect(board({ verb: 'retire' }, WEEKLY, 'kim')).toMatchObject(refusedFor('board-not-permitted'));
});

test('[CHG-90] an edit says what stood before, and the dates of a retired board come no more', () => {
  const answer = board({ verb: 'edit', fields: { itemMinutes: 5, name: WEEKLY.name } });
  expect(answer).toMatchObject({
    value: { events: [{ fields: { itemMinutes: 5 }, before: { itemMinutes: 10 } }] },
  });
  const retired = evolveBoard(WEEKLY, { type: 'retired' }, { at: NOW }, WEEKLY.id);
  expect(nextOccurrences(WEEKLY, NOW, 2).map(({ from }) => from)).toEqual([NOW, NOW + 7 * DAY]);
  expect(nextOccurrences(retired, NOW, 2)).toEqual([]);
});

test('[CHG-90] who is gone since keeps nobody from altering the rest, and is not named anew', () => {
  const people = new Map(PEOPLE.people);
  const max = people.get(person('max'));
  if (max !== undefined) people.set(max.id, { ...max, active: false });
  const given = { directory: { ...PEOPLE, people } };
  const edit = (fields: Partial<BoardFields>, state = WEEKLY) =>
    board({ verb: 'edit', fields }, state, manager?.id, given);
  expect(edit({ itemMinutes: 5 })).toMatchObject({ ok: true });
  expect(edit({ members: [person('max')] })).toMatchObject({ ok: true });
  expect(edit({ members: [person('max')] }, { ...WEEKLY, members: [] })).toMatchObject(
    refusedFor('board-field', { field: 'person', value: 'max' }),
  );
});
