import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { Records } from '../shared/test-support/records.ts';
import { CANCEL, CLOSE, HOLD_FOR_CALLER, REOPEN, RESOLVE, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(state: string): { records: Records; basis: number } {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r1', state);
  return { records, basis: records.ticket('r1').version };
}

const reply = (text: string): TicketAct => ({ verb: 'reply', text });

describe('resolving while the caller replies', () => {
  test.each([
    ['resolving', RESOLVE],
    ['waiting for the caller', HOLD_FOR_CALLER],
  ])('[DSK-33] %s is refused when the caller has replied meanwhile', (_what, act) => {
    const { records, basis } = openDesk('in_progress');
    records.run('rita', 'desk', 'r1', reply('One more thing.'), { basis });
    const at = records.now;
    expect(records.run('ana', 'desk', 'r1', act, { basis })).toEqual({
      ok: false,
      refusal: { code: 'desk/caller-replied', by: 'rita', at },
    });
    expect(records.run('ana', 'desk', 'r1', act).ok).toBe(true);
  });

  test('[DSK-33] a reply of the staff does not stop it', () => {
    const { records, basis } = openDesk('in_progress');
    records.run('bo', 'desk', 'r1', reply('Looking.'), { basis });
    expect(records.run('ana', 'desk', 'r1', RESOLVE, { basis }).ok).toBe(true);
  });

  test('[DSK-34] a caller’s reply written before they saw the resolution reopens the request', () => {
    const { records, basis } = openDesk('in_progress');
    records.run('ana', 'desk', 'r1', RESOLVE, { basis });
    records.run('rita', 'desk', 'r1', reply('One more thing.'), { basis });
    expect(records.ticket('r1')).toMatchObject({ state: 'in_progress', reopenCount: 1 });
  });

  test('[DSK-34] a caller’s reply to the resolution leaves it', () => {
    const { records } = openDesk('resolved');
    records.run('rita', 'desk', 'r1', reply('Thank you!'));
    expect(records.ticket('r1')).toMatchObject({ state: 'resolved', lastReplyBy: 'requester' });
  });
});

describe('closing while somebody reopens', () => {
  test('[DSK-35] a closing that did not know of the reopening is superseded', () => {
    const { records, basis } = openDesk('resolved');
    records.run('rita', 'desk', 'r1', REOPEN, { basis });
    const at = records.now;
    expect(records.run('ana', 'desk', 'r1', CLOSE, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'reopened', by: { person: 'rita', at } } },
    });
    expect(records.ticket('r1').state).toBe('in_progress');
  });

  test('[DSK-35] a reopening that did not know of the closing reopens, and both stay in the history', () => {
    const { records, basis } = openDesk('resolved');
    records.run('system', 'desk', 'r1', CLOSE, { basis });
    expect(records.run('rita', 'desk', 'r1', REOPEN, { basis }).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({ state: 'in_progress', closedAt: null, reopenCount: 1 });
    expect(records.history('r1').slice(-2)).toMatchObject([
      { event: { to: 'closed' } },
      { event: { from: 'closed', to: 'in_progress' } },
    ]);
  });

  test('[DSK-35] whoever saw it closed, or closed it, does not reopen it', () => {
    const { records, basis } = openDesk('resolved');
    records.run('rita', 'desk', 'r1', CLOSE, { basis });
    expect(records.run('rita', 'desk', 'r1', REOPEN, { basis }).ok).toBe(false);
    expect(records.run('ana', 'desk', 'r1', REOPEN)).toMatchObject({ refusal: { code: 'desk/not-open' } });
  });
});

describe('two steps at once', () => {
  test('[DSK-36] the second of two equal steps is superseded by the first', () => {
    const { records, basis } = openDesk('in_progress');
    records.run('ana', 'desk', 'r1', RESOLVE, { basis });
    expect(records.run('bo', 'desk', 'r1', RESOLVE, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: 'ana' } } },
    });
  });

  test('[DSK-36] a step that the other’s step made impossible names who moved the request', () => {
    const { records, basis } = openDesk('in_progress');
    records.run('ana', 'desk', 'r1', HOLD_FOR_CALLER, { basis });
    const at = records.now;
    expect(records.run('bo', 'desk', 'r1', RESOLVE, { basis })).toMatchObject({
      refusal: { code: 'desk/no-such-transition', from: 'on_hold', by: 'ana', at },
    });
  });

  test('[DSK-36] a step that is still possible stands, and the author of the other is told', () => {
    const { records, basis } = openDesk('in_progress');
    records.run('ana', 'desk', 'r1', HOLD_FOR_CALLER, { basis });
    expect(records.run('bo', 'desk', 'r1', CANCEL, { basis })).toMatchObject({
      value: { tell: [{ person: 'ana', kind: 'replaced', detail: { field: 'state', value: 'on_hold' } }] },
    });
  });
});
