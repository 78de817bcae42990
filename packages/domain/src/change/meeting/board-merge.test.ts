import { expect, test } from 'vitest';
import { permissionsOf, personId } from '../../shared/index.ts';
import type { Recorded } from '../../shared/index.ts';
import { NOW, PEOPLE, actorOf, refusedFor } from '../test-board.ts';
import type { BoardEvent } from './board-acts.ts';
import { decideBoard, evolveBoard } from './board-decide.ts';
import type { BoardAnswer } from './board-decide.ts';
import type { BoardFields, MeetingBoard } from './board.ts';
import { WEEKLY } from './test-meeting.ts';

const [KIM, LOU, MAX, ANA] = (['kim', 'lou', 'max', 'ana'] as const).map(personId) as [
  ReturnType<typeof personId>,
  ReturnType<typeof personId>,
  ReturnType<typeof personId>,
  ReturnType<typeof personId>,
];
const ME =
  [...PEOPLE.people.values()].find(({ roles }) => permissionsOf(roles).has('change.manage'))?.id ?? KIM;

/** The weekly board, and two who manage changes: each saw what they say they saw. */
class Edited {
  board: MeetingBoard = WEEKLY;
  readonly #history: Recorded<BoardEvent>[] = [];

  edit(who: typeof ME, fields: Partial<BoardFields>, seen = this.board.version): BoardAnswer {
    const answer = decideBoard(
      this.board,
      { verb: 'edit', fields },
      {
        ...{ actor: { ...actorOf(who), permissions: permissionsOf(['team-lead']) }, target: WEEKLY.id },
        ...{ directory: PEOPLE, since: this.#history.filter(({ version }) => version > seen) },
      },
    );
    for (const event of answer.ok ? answer.value.events : []) {
      const version = this.board.version + 1;
      this.#history.push({ seq: version, version, event, actor: who, at: NOW, clientAt: NOW });
      this.board = evolveBoard(this.board, event, { at: NOW }, WEEKLY.id);
    }
    return answer;
  }
}

test('[CHG-108] people whom two add and take out at the same time are merged, and nobody is lost', () => {
  const on = new Edited();
  on.edit(LOU, { members: [MAX, ANA, KIM] });
  on.edit(ME, { members: [ANA, LOU] }, 1);
  expect(on.board.members).toEqual([ANA, KIM, LOU]);
  on.edit(LOU, { chairs: [LOU] });
  expect(on.edit(ME, { chairs: [KIM] }, 3)).toMatchObject(refusedFor('board-field', { field: 'chairs' }));
  expect(on.board.chairs).toEqual([LOU]);
});

test('[CHG-108] what somebody did themselves meanwhile they have seen', () => {
  const on = new Edited();
  on.edit(LOU, { members: [MAX, ANA, KIM] });
  on.edit(ME, { members: [MAX, ANA, LOU] }, 1);
  // made on the same device before either was answered
  on.edit(ME, { members: [MAX, ANA] }, 1);
  expect(on.board.members).toEqual([MAX, ANA, KIM]);
  on.edit(ME, { name: 'Board' });
  expect(on.edit(ME, { name: 'The board' }, 1)).toMatchObject({ ok: true });
});

test('[CHG-108] of two who alter the same field the first stands, and the other is told who', () => {
  const on = new Edited();
  on.edit(LOU, { itemMinutes: 5 });
  const late = on.edit(ME, { itemMinutes: 20, name: 'Board' }, 1);
  expect(late).toMatchObject(refusedFor('board-moved', { field: 'itemMinutes', by: LOU, at: NOW }));
  expect(on.board).toMatchObject({ itemMinutes: 5, name: WEEKLY.name });
  expect(on.edit(ME, { itemMinutes: 20 })).toMatchObject({ ok: true });
  expect(on.edit(LOU, { name: 'Board', itemMinutes: 20 }, 2)).toMatchObject({ ok: true });
});
