import { describe, expect, test } from 'vitest';
import { permissionsOf, personId, recordId } from '../../shared/index.ts';
import { DAY, HOUR, NOW, PEOPLE, actorOf, refusedFor } from '../test-board.ts';
import { decideBoard } from './board-decide.ts';
import { decideMeeting } from './decide.ts';
import { evolveMeeting } from './evolve.ts';
import { nextOpenItem, presentIn, spentOn } from './meeting.ts';
import { Meetings, WEEKLY, waiting } from './test-meeting.ts';

const id = recordId;
const person = personId;
const MINUTE = 60_000;

const manager = [...PEOPLE.people.values()].find(({ roles }) => permissionsOf(roles).has('change.manage'));
const outsider = [...PEOPLE.people.values()].find(({ roles }) => !permissionsOf(roles).has('change.read'));

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
