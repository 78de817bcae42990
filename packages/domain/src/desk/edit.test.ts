import { describe, expect, test } from 'vitest';
import type { TicketAct, TicketFields } from '../shared/index.ts';
import { Records } from '../shared/test-support/records.ts';
import { bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

function openDesk(): { records: Records; basis: number } {
  const records = new Records(() => desk);
  bring(records, 'desk', 'r1', 'new');
  return { records, basis: records.ticket('r1').version };
}

const edit = (fields: Partial<TicketFields>): TicketAct => ({ verb: 'edit', fields });

describe('two people edit at once', () => {
  test('[DSK-27] edits of different fields merge', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ title: 'VPN drops hourly' }), { basis });
    records.run('bo', 'desk', 'r1', edit({ category: 'payroll' }), { basis });
    expect(records.ticket('r1')).toMatchObject({ title: 'VPN drops hourly', category: 'payroll' });
  });

  test('[DSK-27] a form sent whole does not take back what it did not change', () => {
    const { records, basis } = openDesk();
    const { title, category, urgency } = records.ticket('r1');
    records.run('ana', 'desk', 'r1', edit({ title: 'VPN drops hourly', service: null }), { basis });
    const form = edit({ title, category: 'payroll', urgency, service: null });
    records.run('bo', 'desk', 'r1', form, { basis });
    expect(records.ticket('r1')).toMatchObject({
      title: 'VPN drops hourly',
      category: 'payroll',
      service: null,
    });
    expect(category).toBe('network');
  });

  test('[DSK-28] of the same field the last stands, and its earlier author is told what was replaced', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ category: 'payroll' }), { basis });
    const answer = records.run('bo', 'desk', 'r1', edit({ category: null }), { basis });
    expect(answer).toMatchObject({
      value: {
        tell: [
          {
            person: 'ana',
            kind: 'replaced',
            detail: { field: 'category', value: 'payroll', with: null, by: 'bo', at: records.now },
          },
        ],
      },
    });
    expect(records.ticket('r1').category).toBeNull();
    const restored = records.run('ana', 'desk', 'r1', edit({ category: 'payroll' }));
    expect(restored).toMatchObject({ ok: true, value: { tell: [] } });
  });

  test('[DSK-28] nobody is told of replacing what they had seen, nor an author of replacing their own', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ category: 'payroll' }), { basis });
    expect(records.run('ana', 'desk', 'r1', edit({ category: null }), { basis })).toMatchObject({
      value: { tell: [] },
    });
    expect(records.run('ana', 'desk', 'r1', edit({ category: 'network' }), { basis })).toMatchObject({
      ok: true,
    });
    expect(records.ticket('r1').category).toBe('network');
  });

  test('[DSK-28] an author who went on from another’s edit may go back to what stood before it', () => {
    const { records, basis } = openDesk();
    records.run('bo', 'desk', 'r1', edit({ category: 'payroll' }), { basis });
    records.run('ana', 'desk', 'r1', edit({ category: null }), { basis });
    expect(records.run('ana', 'desk', 'r1', edit({ category: 'network' }), { basis }).ok).toBe(true);
    expect(records.ticket('r1').category).toBe('network');
  });

  test('[DSK-29] tags that several people add all stay, and one taken away goes', () => {
    const { records } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ tags: ['vpn', 'old'] }));
    const basis = records.ticket('r1').version;
    records.run('ana', 'desk', 'r1', edit({ tags: ['vpn', 'old', 'zurich'] }), { basis });
    records.run('bo', 'desk', 'r1', edit({ tags: ['vpn', 'laptop'] }), { basis });
    expect(records.ticket('r1').tags).toEqual(['vpn', 'zurich', 'laptop']);
  });

  test('[DSK-30] the second of two equal edits is superseded by the first', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ urgency: 1 }), { basis });
    const at = records.now;
    expect(records.run('bo', 'desk', 'r1', edit({ urgency: 1 }), { basis })).toMatchObject({
      value: {
        events: [],
        superseded: { reason: 'already-done', by: { person: 'ana', at, what: 'edited' } },
      },
    });
  });
});

describe('fields', () => {
  test.each([
    [{ title: '' }, { code: 'desk/invalid-value', field: 'title' }],
    [{ urgency: 4 as 3 }, { code: 'desk/invalid-value', field: 'urgency' }],
    [{ kind: 'incident' }, { code: 'desk/invalid-value', field: 'kind' }],
    [{ owner: 'ana' } as object, { code: 'desk/invalid-value', field: 'owner' }],
    [{}, { code: 'desk/nothing-to-change' }],
  ] as const)('[DSK-9] editing %o is refused and named', (fields, refusal) => {
    const { records } = openDesk();
    expect(records.run('ana', 'desk', 'r1', edit(fields))).toMatchObject({ ok: false, refusal });
  });
});

describe('priority', () => {
  test('[DSK-31] a lowering that did not know of a raise waits until it is confirmed', () => {
    const { records, basis } = openDesk();
    records.run('ana', 'desk', 'r1', edit({ urgency: 1 }), { basis });
    const raisedAt = records.now;
    expect(records.run('bo', 'desk', 'r1', edit({ impact: 3, urgency: 3 }), { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'priority-raised', by: { person: 'ana', at: raisedAt } } },
    });
    expect(records.ticket('r1').priority).toBe(2);
    expect(records.run('bo', 'desk', 'r1', edit({ impact: 3, urgency: 3 })).ok).toBe(true);
    expect(records.ticket('r1').priority).toBe(5);
  });

  test('[DSK-31] a raise stands over a lowering that came first, and its author is told', () => {
    const { records, basis } = openDesk();
    records.run('bo', 'desk', 'r1', edit({ urgency: 3 }), { basis });
    expect(records.run('ana', 'desk', 'r1', edit({ urgency: 1 }), { basis })).toMatchObject({
      value: { tell: [{ person: 'bo', kind: 'replaced' }] },
    });
    expect(records.ticket('r1').priority).toBe(2);
  });

  test('[DSK-31] an override is a raise or a lowering like any other', () => {
    const { records, basis } = openDesk();
    const override = (priority: 1 | 4): TicketAct => ({ verb: 'override-priority', priority, reason: 'VIP' });
    records.run('ana', 'desk', 'r1', override(1), { basis });
    expect(records.run('bo', 'desk', 'r1', override(4), { basis })).toMatchObject({
      value: { superseded: { reason: 'priority-raised' } },
    });
  });

  test('[DSK-32] an overridden priority has a reason, outlives edits, and goes back to the matrix', () => {
    const { records } = openDesk();
    const override = (priority: 1 | null, reason: string): TicketAct => ({
      verb: 'override-priority',
      priority,
      reason,
    });
    expect(records.run('ana', 'desk', 'r1', override(1, ' '))).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'reason' },
    });
    records.run('ana', 'desk', 'r1', override(1, 'The board is waiting.'));
    records.run('ana', 'desk', 'r1', edit({ urgency: 3 }));
    expect(records.ticket('r1')).toMatchObject({ priority: 1, priorityReason: 'The board is waiting.' });
    records.run('ana', 'desk', 'r1', override(null, ''));
    expect(records.ticket('r1')).toMatchObject({ priority: 4, priorityReason: null });
  });
});
