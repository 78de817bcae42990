import { describe, expect, test } from 'vitest';
import { recordId } from '../shared/index.ts';
import { VPN } from '../shared/test-support/organisation.ts';
import type { ChangeAct } from './acts.ts';
import type { Planned } from './conflict/conflict.ts';
import { placeOf, plannedOf } from './change.ts';
import { NORMAL } from './model/models.ts';
import type { ChangeBoard } from './test-board.ts';
import { BEGINS, DAY, ENDS, HOUR, freeze, normal, refusedFor } from './test-board.ts';

const implement = (reason?: string): ChangeAct => ({
  verb: 'step',
  to: 'implement',
  ...(reason !== undefined && { reason }),
});
const SCHEDULE: ChangeAct = { verb: 'step', to: 'scheduled' };
const OTHER: Planned = {
  id: recordId('other'),
  model: 'normal',
  items: [VPN],
  owner: null,
  begins: BEGINS,
  ends: ENDS,
};

function keysOf(board: ChangeBoard): readonly string[] {
  const planned = plannedOf(board.it);
  return planned === null ? [] : board.facts.conflictsOf(planned).map(({ key }) => key);
}

const approved = (): ChangeBoard => normal('authorize').vote('kim').vote('lou');

describe('places', () => {
  test('[CHG-37] others collide with what is scheduled or carried out, and with nothing else', () => {
    const place = (board: ChangeBoard) => placeOf(board.it, NORMAL);
    expect(place(normal('authorize'))).toBeNull();
    expect(place(normal('scheduled'))).toEqual({ ...OTHER, id: 'c1', owner: 'ana' });
    expect(place(normal('implement'))).not.toBeNull();
    expect(place(normal('review'))).toBeNull();
  });
});

describe('conflicts', () => {
  test('[CHG-40] they are cleared or waived before it is scheduled', () => {
    const board = approved();
    board.others = [OTHER];
    expect(board.run('ana', SCHEDULE)).toMatchObject(
      refusedFor('conflicts-open', { conflicts: keysOf(board) }),
    );
    expect(board.run('lea', { verb: 'waive-conflicts', keys: ['odd'], reason: 'x' })).toMatchObject(
      refusedFor('no-such-conflict', { conflict: 'odd' }),
    );
    expect(board.run('lea', { verb: 'waive-conflicts', keys: keysOf(board), reason: '' })).toMatchObject(
      refusedFor('missing-field', { field: 'reason' }),
    );
    board.do('lea', { verb: 'waive-conflicts', keys: keysOf(board), reason: 'Both are ours' });
    expect(board.do('ana', SCHEDULE).it.state).toBe('scheduled');
  });

  test('[CHG-40] what was waived stands again when either side moves', () => {
    const board = approved();
    board.others = [OTHER];
    board.do('lea', { verb: 'waive-conflicts', keys: keysOf(board), reason: 'Both are ours' });
    board.others = [{ ...OTHER, ends: ENDS + HOUR }];
    expect(board.run('ana', SCHEDULE)).toMatchObject(refusedFor('conflicts-open'));
    board.others = [OTHER];
    board.do('ana', { verb: 'edit', fields: { ends: ENDS + HOUR } });
    expect(board.it.waived).toEqual([]);
  });

  test('[CHG-40] what was waived stays so when a plan alone moves', () => {
    const board = approved();
    board.others = [OTHER];
    board.do('lea', { verb: 'waive-conflicts', keys: keysOf(board), reason: 'Both are ours' });
    board.do('ana', { verb: 'note-plans', plans: { implementation: 'other steps' } });
    expect(board.it.revision).toBe(2);
    expect(board.it.waived).toHaveLength(keysOf(board).length);
  });

  test('[CHG-40] a hard freeze cannot be waived, a soft one can', () => {
    const board = approved();
    board.windows = [freeze()];
    const waive = (): ChangeAct => ({ verb: 'waive-conflicts', keys: keysOf(board), reason: 'x' });
    expect(board.run('lea', waive())).toMatchObject(refusedFor('conflict-stays'));
    board.windows = [freeze({ hard: false })];
    expect(board.do('lea', waive()).do('ana', SCHEDULE).it.state).toBe('scheduled');
  });

  test('[CHG-40] a freeze published after it was scheduled is in its way when it begins', () => {
    const board = normal('scheduled');
    board.windows = [freeze()];
    expect(keysOf(board)).toHaveLength(1);
    board.now = BEGINS;
    expect(board.run('ana', implement())).toMatchObject(
      refusedFor('frozen', { freezes: ['freeze'], hard: true }),
    );
  });
});

describe('beginning', () => {
  test('[CHG-42] inside the window, or for a reason of somebody who manages changes', () => {
    const board = normal('scheduled');
    expect(board.run('ana', implement())).toMatchObject(
      refusedFor('outside-window', { begins: BEGINS, ends: ENDS }),
    );
    expect(board.run('ana', implement('Now or never'))).toMatchObject(
      refusedFor('not-permitted', { permission: 'change.manage' }),
    );
    board.now = ENDS;
    expect(board.run('ana', implement())).toMatchObject(refusedFor('outside-window'));
    expect(board.do('lea', implement('Now or never')).history.at(-1)?.event).toMatchObject({
      type: 'moved',
      reason: 'Now or never',
      overruled: ['window'],
    });
  });

  test('[CHG-42] a reason that overrules nothing is not kept', () => {
    const board = normal('scheduled');
    board.now = BEGINS;
    expect(board.do('ana', implement('Just so')).history.at(-1)?.event).toMatchObject({
      reason: null,
      overruled: [],
    });
  });

  test('[CHG-42] a soft freeze is overruled, a hard one by nobody, wherever the window lies', () => {
    const soft = normal('scheduled');
    soft.windows = [freeze({ hard: false })];
    soft.now = BEGINS;
    expect(soft.run('ana', implement())).toMatchObject(refusedFor('frozen', { hard: false }));
    expect(soft.do('lea', implement('Agreed')).history.at(-1)?.event).toMatchObject({
      overruled: ['freeze'],
    });
    const hard = normal('scheduled');
    hard.windows = [
      freeze({ when: { zone: 'UTC', begins: '2026-06-07T00:00', ends: '2026-06-08T00:00', repeats: null } }),
    ];
    hard.now = BEGINS + 2 * DAY;
    expect(hard.run('lea', implement('Late'))).toMatchObject(refusedFor('frozen', { hard: true }));
    expect(hard.run('system', implement('Late'))).toMatchObject(refusedFor('frozen', { hard: true }));
  });
});
