import { describe, expect, test } from 'vitest';
import type { Change, ChangeEvent } from '../change/index.ts';
import type { Announcement } from '../desk/index.ts';
import { personId, recordId } from '../shared/index.ts';
import { afterChange } from './index.ts';

const INCIDENT = recordId('i1');
const around = (state: Announcement['state'] = 'scheduled') => ({
  announcements: [{ id: recordId('a1'), state, beginsAt: 10, endsAt: 20 } as Announcement],
  processes: new Map([[INCIDENT, 'incident' as const]]),
});
const change = (given: Partial<Change> = {}): Change =>
  ({ id: 'c1', number: 'CHG-2026-00001', begins: 30, ends: 40, caused: [], ...given }) as Change;

function follow(event: ChangeEvent, after = change(), state?: Announcement['state']) {
  const recorded = { seq: 1, version: 2, event, actor: personId('ana'), at: 5, clientAt: 5 };
  return afterChange(recorded, after, around(state)).map(({ type, target, args }) => ({
    type,
    target,
    args,
  }));
}

const moved = (to: Change['state'], result: Change['result'] = null): ChangeEvent => ({
  ...{ type: 'moved', from: 'review', to, way: 'forward', reason: null, overruled: [] },
  result,
});
const edit = { type: 'announcement.edit', target: 'a1', args: { fields: { beginsAt: 30, endsAt: 40 } } };

describe('what follows from a change', () => {
  test('[FLW-15] an announcement is postponed with its window, scheduled and called off with its change', () => {
    const event: ChangeEvent = { type: 'edited', fields: { begins: 30, ends: 40 }, before: {} };
    expect(follow(event)).toMatchObject([
      { type: 'announcement.step', target: 'a1', args: { to: 'postponed' } },
      edit,
    ]);
    expect(follow(event, change(), 'draft')).toEqual([edit]);
    expect(follow(event, change(), 'in_progress')).toEqual([]);
    expect(follow(event, change({ begins: 10, ends: 20 }))).toEqual([]);
    expect(follow({ type: 'edited', fields: { title: 'x' }, before: {} })).toEqual([]);
    expect(follow(moved('scheduled'), change(), 'postponed')).toMatchObject([{ args: { to: 'scheduled' } }]);
    expect(follow(moved('scheduled'))).toEqual([]);
    expect(follow(moved('cancelled'))).toMatchObject([{ args: { to: 'cancelled' } }]);
  });

  test('[FLW-16] an incident hears which change caused it, and how that ended', () => {
    expect(follow({ type: 'incident-caused', incident: INCIDENT, priority: 2 })).toEqual([
      {
        type: 'incident.comment',
        target: 'i1',
        args: { text: 'CHG-2026-00001 is named as what caused this.' },
      },
    ]);
    expect(follow({ type: 'incident-caused', incident: recordId('other'), priority: 2 })).toEqual([]);
    expect(follow({ type: 'incident-not-caused', incident: INCIDENT })).toMatchObject([{ target: 'i1' }]);
    const caused = [{ incident: INCIDENT, priority: 2 }];
    const backedOut = change({ caused, result: 'backed_out' });
    expect(follow(moved('closed', 'backed_out'), backedOut, 'completed')).toMatchObject([
      { args: { text: 'CHG-2026-00001, which caused this, was backed out.' } },
    ]);
    expect(follow(moved('closed', 'successful'), change({ caused }), 'completed')).toEqual([]);
  });
});
