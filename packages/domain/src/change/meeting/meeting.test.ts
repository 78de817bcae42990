import { describe, expect, test } from 'vitest';
import { permissionsOf, personId, recordId } from '../../shared/index.ts';
import { EMERGENCY } from '../model/models.ts';
import { DAY, HOUR, NOW, PEOPLE, actorOf, refusedFor } from '../test-board.ts';
import { decideBoard, evolveBoard } from './board-decide.ts';
import type { BoardContext } from './board-decide.ts';
import type { BoardAct } from './board-acts.ts';
import { nextOccurrences } from './board.ts';
import type { BoardFields } from './board.ts';
import { decideMeeting } from './decide.ts';
import { evolveMeeting } from './evolve.ts';
import { nextOpenItem, presentIn, spentOn } from './meeting.ts';
import { Meetings, WEEKLY, waiting } from './test-meeting.ts';

const id = recordId;
const person = personId;
const MINUTE = 60_000;

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

describe('boards', () => {
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
});

describe('planning', () => {
  test('[CHG-91] a meeting is planned for a date or called beside them, and everybody of the board is told', () => {
    const on = new Meetings();
    const answer = on.run('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    expect(answer).toMatchObject({
      value: { tell: [{ person: 'lou' }, { person: 'max' }, { person: 'ana' }] },
    });
    expect(on.at()).toMatchObject({ adHoc: false, beginsAt: NOW, endsAt: NOW + HOUR });
    on.do('lou', { verb: 'plan', board: WEEKLY.id, at: NOW + DAY }, 'm2');
    expect(on.at('m2')).toMatchObject({ adHoc: true, endsAt: NOW + DAY + HOUR });
  });

  test('[CHG-91] the same moment is planned once, and by a chair of the board', () => {
    const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    const again = on.run('lou', { verb: 'plan', board: WEEKLY.id, at: NOW }, 'm2');
    expect(again).toMatchObject(refusedFor('already-planned', { meeting: 'm1' }));
    const member = on.run('max', { verb: 'plan', board: WEEKLY.id, at: NOW + DAY }, 'm2');
    expect(member).toMatchObject(refusedFor('not-a-chair'));
    on.do('lou', { verb: 'call-off', reason: 'Nobody is here' });
    on.do('lou', { verb: 'plan', board: WEEKLY.id, at: NOW }, 'm2');
  });

  test('[CHG-91] a moment long past or further ahead than dates are planned is refused', () => {
    const on = new Meetings();
    const plan = (at: number) => on.run('kim', { verb: 'plan', board: WEEKLY.id, at });
    const facts = { from: NOW - DAY, to: NOW + 400 * DAY };
    for (const at of [NOW - DAY - 1, NOW + 400 * DAY + 1, 9e15])
      expect(plan(at)).toMatchObject(refusedFor('moment-too-far', { at, ...facts }));
    expect(plan(NOW - DAY)).toMatchObject({ ok: true });
  });
});

describe('the agenda', () => {
  test('[CHG-92] opening brings what the filter finds, the highest risk first', () => {
    const level = (risk: 'low' | 'high') => ({ risk: { ...waiting('x').risk, level: risk } as never });
    const on = new Meetings([
      waiting('c1', level('low')),
      waiting('c2', level('high')),
      waiting('c3', { state: 'scheduled' }),
      waiting('c4', { model: EMERGENCY.id }),
    ]);
    on.board = { ...WEEKLY, agenda: { ...WEEKLY.agenda, when: { models: ['normal'] } } };
    expect(on.live().items()).toEqual(['c2', 'c1']);
    on.do('kim', { verb: 'close' });
    on.changes.delete(id('c1'));
    on.changes.delete(id('c2'));
    on.board = { ...WEEKLY, agenda: { ...WEEKLY.agenda, policies: ['none of them'] } };
    expect(on.live('m2', NOW + DAY).items('m2')).toEqual([]);
  });

  test('[CHG-92] what the last meeting left comes before what the filter finds, whatever its risk', () => {
    const level = (risk: 'low' | 'high') => ({ risk: { ...waiting('x').risk, level: risk } as never });
    const on = new Meetings([waiting('c1', level('low'))]).live().do('kim', { verb: 'close' });
    on.changes.set(id('c2'), waiting('c2', level('high')));
    on.live('m2', NOW + 7 * DAY);
    expect(on.at('m2').agenda).toMatchObject([
      { change: 'c1', takenOver: true },
      { change: 'c2', takenOver: false },
    ]);
  });

  test('[CHG-94] the chair adds, takes out and orders items, and nobody else', () => {
    const on = new Meetings([waiting('c1'), waiting('c2'), waiting('c3'), waiting('c4', { state: 'new' })]);
    on.live().do('kim', { verb: 'add-item', change: id('c4') });
    on.do('kim', { verb: 'place-item', change: id('c4'), before: id('c1') });
    on.do('kim', { verb: 'place-item', change: id('c1'), before: null });
    on.do('kim', { verb: 'drop-item', change: id('c2') });
    expect(on.items()).toEqual(['c4', 'c3', 'c1']);
    expect(on.run('lou', { verb: 'drop-item', change: id('c3') })).toMatchObject(refusedFor('not-in-chair'));
    expect(on.run('kim', { verb: 'add-item', change: id('c4') })).toMatchObject(refusedFor('item-there'));
    expect(on.run('kim', { verb: 'add-item', change: id('c9') })).toMatchObject(refusedFor('no-such-item'));
    expect(on.run('kim', { verb: 'place-item', change: id('c4'), before: id('c3') })).toMatchObject(
      refusedFor('board-same'),
    );
  });

  test('[CHG-94] what is before everybody, or was decided, is not taken out', () => {
    const on = new Meetings().live().show('c1');
    expect(on.run('kim', { verb: 'drop-item', change: id('c1') })).toMatchObject(refusedFor('item-current'));
    on.do('kim', { verb: 'decide-item', change: id('c1'), revision: 1, verdict: 'approved' });
    expect(on.run('kim', { verb: 'drop-item', change: id('c1') })).toMatchObject(refusedFor('item-decided'));
  });
});

describe('live', () => {
  test('[CHG-93] of two who open a meeting the first has the chair and the other is told who', () => {
    const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    on.do('kim', { verb: 'open' });
    expect(on.run('lou', { verb: 'open' }, 'm1', 1)).toMatchObject(
      refusedFor('meeting-moved', { state: 'live', by: 'kim', at: NOW }),
    );
    expect(on.at().chair).toBe('kim');
  });

  test('[CHG-91] whoever belongs to the board when a meeting is opened is invited to it, and nobody else', () => {
    const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    on.board = { ...WEEKLY, members: [person('ana')] };
    on.do('kim', { verb: 'open' });
    expect(on.at().invited).toEqual(['kim', 'lou', 'ana']);
  });

  test('[CHG-99] the chair is not handed to somebody who may not read changes', () => {
    const on = new Meetings().live().do('max', { verb: 'join' });
    const max = PEOPLE.people.get(person('max'));
    if (max === undefined) throw new Error('max is not there');
    const people = new Map([...PEOPLE.people, [max.id, { ...max, roles: outsider?.roles ?? [] }]]);
    const facts = { boards: new Map([[WEEKLY.id, WEEKLY]]), meetings: [], changeOf: () => undefined };
    const answer = decideMeeting(
      on.at(),
      { verb: 'hand-over', to: max.id },
      {
        ...{ actor: actorOf('kim'), now: NOW, target: id('m1'), since: [] },
        directory: { ...PEOPLE, people },
        facts: { ...facts, changes: () => [], matched: () => ({}) as never },
      },
    );
    expect(answer).toMatchObject(refusedFor('chair-not-fit'));
  });

  test('[CHG-95] of two who move on from the same item the first stands and the other is told', () => {
    const on = new Meetings().live().show('c1');
    const seen = on.at().version;
    on.do('lou', { verb: 'join' }).do('kim', { verb: 'hand-over', to: person('lou') });
    on.show('c2', 'lou');
    on.do('lou', { verb: 'hand-over', to: person('kim') });
    const late = on.run('kim', { verb: 'show-item', change: id('c3'), from: id('c1') }, 'm1', seen);
    expect(late).toMatchObject(refusedFor('item-moved', { current: 'c2', by: 'lou', at: NOW }));
    expect(on.at().current).toBe('c2');
  });

  test('[CHG-96] the time of an item is the sum of the stretches in which it was shown', () => {
    const on = new Meetings().live().show('c1');
    on.now += 4 * MINUTE;
    on.show('c2');
    on.now += 3 * MINUTE;
    on.show('c1');
    const [first, second] = on.at().agenda;
    expect(spentOn(first ?? { stretches: [] }, on.now + MINUTE)).toBe(5 * MINUTE);
    expect(spentOn(second ?? { stretches: [] }, on.now + DAY)).toBe(3 * MINUTE);
    // a clock that is behind takes nothing away
    expect(spentOn(first ?? { stretches: [] }, on.now - DAY)).toBe(4 * MINUTE);
  });

  test('[CHG-97] a decision holds its note and the votes as they were, and shows the next item', () => {
    const approvals = waiting('c1').approvals.map((each) =>
      each.person === 'kim' ? { ...each, state: 'approved' as const, note: 'Go' } : each,
    );
    const on = new Meetings([waiting('c1', { approvals }), waiting('c2')]).live().show('c1');
    on.now += MINUTE;
    const next = nextOpenItem(on.at(), id('c1'));
    on.do('kim', {
      verb: 'decide-item',
      change: id('c1'),
      revision: 1,
      verdict: 'approved',
      note: ' All set ',
      next,
    });
    const decision = on.at().agenda[0]?.decision;
    expect(decision).toMatchObject({ verdict: 'approved', note: 'All set', by: 'kim', at: on.now });
    expect(decision?.votes).toContainEqual({ person: 'kim', vote: 'approved', note: 'Go' });
    expect(on.at().current).toBe('c2');
    expect(on.at().agenda[0]?.stretches).toEqual([{ from: NOW, to: on.now }]);
  });

  test('[CHG-97] a decision does not say the opposite of the votes, and deferring needs a note', () => {
    const approvals = waiting('c1').approvals.map((each) => ({ ...each, state: 'rejected' as const }));
    const on = new Meetings([waiting('c1', { approvals })]).live();
    const says = (verdict: 'approved' | 'rejected' | 'deferred') =>
      on.run('kim', { verb: 'decide-item', change: id('c1'), revision: 1, verdict });
    expect(says('approved')).toMatchObject(refusedFor('votes-differ', { votes: 'rejected' }));
    const all = waiting('c1').approvals.map((each) => ({ ...each, state: 'approved' as const }));
    on.changes.set(id('c1'), waiting('c1', { approvals: all }));
    expect(says('rejected')).toMatchObject(refusedFor('votes-differ', { votes: 'approved' }));
    expect(says('deferred')).toMatchObject(refusedFor('defer-note'));
    const deferred = on.run('kim', {
      verb: 'decide-item',
      change: id('c1'),
      revision: 1,
      verdict: 'deferred',
      note: 'No plan yet',
    });
    expect(deferred).toMatchObject({ value: { tell: [{ person: 'ana', kind: 'board-item' }] } });
    // who defers their own change knows
    on.changes.set(id('c1'), waiting('c1', { owner: person('kim'), madeBy: person('kim') }));
    const own = {
      verb: 'decide-item',
      change: id('c1'),
      revision: 1,
      verdict: 'deferred',
      note: 'Mine',
    } as const;
    expect(on.run('kim', own)).toMatchObject({ ok: true, value: { tell: [] } });
  });

  test('[CHG-96] [CHG-97] what is decided without a next item is before nobody, and its time ends', () => {
    const on = new Meetings().live().show('c1');
    on.now += MINUTE;
    on.do('kim', { verb: 'decide-item', change: id('c1'), revision: 1, verdict: 'approved' });
    expect(on.at().current).toBeNull();
    expect(on.at().agenda[0]?.stretches).toEqual([{ from: NOW, to: on.now }]);
  });

  test('[CHG-97] a decision is noted on what the chair had read, and on nothing that came since', () => {
    const on = new Meetings([waiting('c1', { revision: 3 })]).live();
    on.changes.set(id('c1'), waiting('c1', { revision: 4, approvals: [] }));
    const says = (revision: number) =>
      on.run('kim', { verb: 'decide-item', change: id('c1'), revision, verdict: 'approved' });
    expect(says(3)).toMatchObject(
      refusedFor('item-revised', { change: 'c1', read: 3, revision: 4, state: 'authorize' }),
    );
    expect(on.at().agenda[0]?.decision).toBeNull();
    expect(says(4)).toMatchObject({ ok: true });
    expect(on.at().agenda[0]?.decision).toMatchObject({ verdict: 'approved', revision: 4 });
  });

  test('[CHG-93] [CHG-98] a board holds one meeting at a time, so that none loses what the other leaves', () => {
    const on = new Meetings([waiting('c1')]).live();
    on.do('lou', { verb: 'plan', board: WEEKLY.id, at: NOW + 1 }, 'm2');
    expect(on.run('lou', { verb: 'open' }, 'm2')).toMatchObject(
      refusedFor('board-meets', { meeting: 'm1', chair: 'kim' }),
    );
    const later = { revision: 1, verdict: 'deferred', note: 'Later' } as const;
    on.do('kim', { verb: 'decide-item', change: id('c1'), ...later }).do('kim', { verb: 'close' });
    on.do('lou', { verb: 'open' }, 'm2');
    expect(on.at('m2').agenda).toMatchObject([{ change: 'c1', takenOver: true }]);
    // another board is not kept waiting
    on.board = { ...WEEKLY, id: id('b2') };
    expect(on.live('m3').at('m3').agenda).toMatchObject([{ change: 'c1', takenOver: false }]);
  });

  test('[CHG-98] what the meeting before the last left, and the last decided, is not taken over', () => {
    const on = new Meetings([waiting('c1')]).live();
    on.now += HOUR;
    on.do('kim', { verb: 'close' }).live('m2', NOW + DAY);
    const decided = { revision: 1, verdict: 'approved' } as const;
    on.do('kim', { verb: 'decide-item', change: id('c1'), ...decided }, 'm2');
    on.now += HOUR;
    on.do('kim', { verb: 'close' }, 'm2').live('m3', NOW + 2 * DAY);
    expect(on.at('m3').agenda).toMatchObject([{ change: 'c1', takenOver: false }]);
  });

  test('[CHG-98] what was added by hand and is left over is taken over until the change is over', () => {
    const on = new Meetings();
    on.changes.set(id('c2'), waiting('c2', { state: 'scheduled' }));
    on.live()
      .do('kim', { verb: 'add-item', change: id('c2') })
      .do('kim', { verb: 'close' });
    for (const state of ['cancelled', 'closed'] as const) {
      on.changes.set(id('c1'), waiting('c1', { state }));
      on.changes.set(id('c3'), waiting('c3', { state }));
    }
    for (const later of ['m2', 'm3']) {
      on.live(later, NOW + (later === 'm2' ? 7 : 14) * DAY);
      expect(on.at(later).agenda).toMatchObject([{ change: 'c2', takenOver: true, addedBy: 'kim' }]);
      on.do('kim', { verb: 'close' }, later);
    }
    on.changes.set(id('c2'), waiting('c2', { state: 'closed' }));
    on.live('m4', NOW + 21 * DAY);
    expect(on.at('m4').agenda).toEqual([]);
  });

  test('[CHG-98] what was deferred or not come to is taken over as long as the filter finds it', () => {
    const on = new Meetings().live().show('c3');
    on.do('kim', { verb: 'decide-item', change: id('c3'), revision: 1, verdict: 'deferred', note: 'Later' });
    on.do('kim', { verb: 'decide-item', change: id('c2'), revision: 1, verdict: 'approved' });
    on.do('kim', { verb: 'close' });
    on.changes.set(id('c1'), waiting('c1', { state: 'cancelled' }));
    on.changes.set(id('c2'), waiting('c2', { state: 'scheduled' }));
    on.live('m2', NOW + 7 * DAY);
    expect(on.at('m2').agenda).toMatchObject([{ change: 'c3', takenOver: true }]);
  });

  test('[CHG-99] the chair stays until it is handed over, and of two who take it the first has it', () => {
    const on = new Meetings().live().do('lou', { verb: 'join' }).do('max', { verb: 'join' });
    expect(on.run('kim', { verb: 'leave' })).toMatchObject(refusedFor('chair-stays'));
    expect(on.run('kim', { verb: 'hand-over', to: person('ana') })).toMatchObject(refusedFor('not-present'));
    expect(on.run('max', { verb: 'take-chair', from: person('kim') })).toMatchObject(
      refusedFor('not-a-chair'),
    );
    const seen = on.at().version;
    on.do('lou', { verb: 'take-chair', from: person('kim') });
    expect(on.run('kim', { verb: 'show-item', change: id('c1'), from: null }, 'm1', seen)).toMatchObject(
      refusedFor('chair-moved', { chair: 'lou', by: 'lou' }),
    );
    expect(on.run(manager?.id ?? '', { verb: 'take-chair', from: person('kim') })).toMatchObject(
      refusedFor('chair-moved', { chair: 'lou' }),
    );
    on.do('kim', { verb: 'leave' });
    expect(presentIn(on.at())).toEqual(['lou', 'max']);
  });

  test('[CHG-100] who was there is known, and a meeting that is over does not change', () => {
    const on = new Meetings().live().do('max', { verb: 'join' });
    on.now += MINUTE;
    on.do('max', { verb: 'leave' });
    on.now += MINUTE;
    on.do('kim', { verb: 'close' });
    expect(on.at().attendance).toEqual([
      { person: 'kim', from: NOW, to: NOW + 2 * MINUTE },
      { person: 'max', from: NOW, to: NOW + MINUTE },
    ]);
    expect(on.run('lou', { verb: 'join' })).toMatchObject(refusedFor('meeting-moved', { state: 'closed' }));
    expect(on.run('kim', { verb: 'close' })).toMatchObject(refusedFor('meeting-moved'));
  });

  test('[CHG-100] whoever is back within a minute was there all the while, and coming and going is not without end', () => {
    const on = new Meetings().live();
    const times = (who: string) => on.at().attendance.filter((each) => each.person === who);
    for (let round = 0; round < 60; round += 1) {
      on.do('max', { verb: 'join' });
      on.now += MINUTE;
      on.do('max', { verb: 'leave' });
      on.now += MINUTE;
    }
    expect(times('max')).toEqual([{ person: 'max', from: NOW, to: on.now - MINUTE }]);
    for (let round = 1; round < 50; round += 1) {
      on.now += MINUTE + 1;
      on.do('max', { verb: 'join' }).do('max', { verb: 'leave' });
    }
    on.now += MINUTE + 1;
    expect(on.run('max', { verb: 'join' })).toMatchObject(refusedFor('came-too-often', { most: 50 }));
    expect(times('max')).toHaveLength(50);
    on.do('lou', { verb: 'join' }).do('lou', { verb: 'leave' });
    on.do('lou', { verb: 'take-chair', from: person('kim') });
    expect(times('lou')).toEqual([{ person: 'lou', from: on.now, to: null }]);
  });

  test('[CHG-100] events of before folded each coming for itself, and still do', () => {
    const left = new Meetings().live().do('max', { verb: 'join' }).do('max', { verb: 'leave' }).at();
    const again = evolveMeeting(left, { type: 'joined' }, { actor: person('max'), at: NOW + 1 }, left.id);
    expect(again.attendance.filter((each) => each.person === 'max')).toHaveLength(2);
  });

  test('[CHG-101] boards and meetings are not there for whoever may not read changes', () => {
    const actor = actorOf(outsider?.id ?? '');
    const context = { actor, target: id('m1'), directory: PEOPLE };
    const facts = { boards: new Map(), meetings: [], changeOf: () => undefined, changes: () => [] };
    const asked = { ...context, now: NOW, since: [], facts: { ...facts, matched: () => ({}) as never } };
    expect(decideMeeting(new Meetings().live().at(), { verb: 'join' }, asked)).toMatchObject(
      refusedFor('no-such-meeting'),
    );
    expect(decideBoard(WEEKLY, { verb: 'retire' }, asked)).toMatchObject(refusedFor('no-such-board'));
  });
});
