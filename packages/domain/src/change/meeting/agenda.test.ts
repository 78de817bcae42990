import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { EMERGENCY } from '../model/models.ts';
import { DAY, HOUR, NOW, refusedFor } from '../test-board.ts';
import { Meetings, WEEKLY, waiting } from './test-meeting.ts';

const id = recordId;

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

describe('what is taken over', () => {
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
});
