import { describe, expect, test } from 'vitest';
import { asSeenBy, canRead, canReadAsStaff, permissionsOf, recordId } from '../shared/index.ts';
import { PAYROLL, actor } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, CLOSE, REOPEN, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

const openDesk = () => new Records(() => desk);

describe('reading', () => {
  test('[DSK-1] a ticket that may not be read answers like one that is not there', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'new');
    const hidden = records.run('ruben', 'desk', 'r1', { verb: 'reply', text: 'me too' });
    const absent = records.run('ruben', 'desk', 'r2', { verb: 'reply', text: 'me too' });
    expect(hidden).toEqual({ ok: false, refusal: { code: 'desk/no-such-record', record: 'r1' } });
    expect(absent).toEqual({ ok: false, refusal: { code: 'desk/no-such-record', record: 'r2' } });
  });

  test('[DSK-1] a command for another process finds nothing here', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'new');
    expect(records.decide('ana', 'incident', 'r1', { verb: 'claim' })).toMatchObject({
      refusal: { code: 'desk/no-such-record' },
    });
  });

  test('[DSK-2] a restricted ticket is read by the staff of its team and by its requester', () => {
    const records = openDesk();
    records.run('cem', 'desk', 'r1', creating('desk', { restrictedTo: PAYROLL }));
    const ticket = records.ticket('r1');
    expect(canReadAsStaff(actor('cem'), ticket)).toBe(true);
    expect(canRead(actor('rita'), ticket)).toBe(true);
    expect(canReadAsStaff(actor('rita'), ticket)).toBe(false);
    expect(canRead(actor('ana'), ticket)).toBe(false);
    expect(records.run('ana', 'desk', 'r1', { verb: 'claim' })).toMatchObject({
      refusal: { code: 'desk/no-such-record' },
    });
  });

  test('[DSK-2] staff who asked for a restricted ticket hold a requester’s rights on it and no more', () => {
    const records = openDesk();
    records.run('cem', 'desk', 'r1', creating('desk', { restrictedTo: PAYROLL, requester: actor('ana').id }));
    expect(records.run('ana', 'desk', 'r1', { verb: 'comment', text: 'seen' })).toMatchObject({
      refusal: { code: 'desk/not-permitted' },
    });
    expect(records.run('ana', 'desk', 'r1', { verb: 'reply', text: 'seen' }).ok).toBe(true);
  });
});

describe('telling', () => {
  test('[DSK-39] whoever left the team of a restricted ticket is told nothing more of it', () => {
    const records = openDesk();
    records.run('cem', 'desk', 'r1', creating('desk', { restrictedTo: PAYROLL }));
    records.run({ ...actor('ana'), teams: [PAYROLL] }, 'desk', 'r1', { verb: 'claim' });
    const asked = records.run('cem', 'desk', 'r1', { verb: 'request-handover', note: 'salary of the boss' });
    expect(asked).toMatchObject({ ok: true, value: { tell: [] } });
  });

  test('[DSK-3] a requester who came too late learns nothing that is for staff', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'rejected');
    const basis = records.ticket('r1').version;
    const fields = { urgency: 1, tags: ['cries wolf'] } as const;
    records.run('ana', 'desk', 'r1', { verb: 'edit', fields });
    const late = records.run('rita', 'desk', 'r1', { verb: 'edit', fields: { urgency: 1 } }, { basis });
    expect(late).toMatchObject({ ok: true, value: { superseded: { by: { what: 'edited' } } } });
    expect(JSON.stringify(late)).not.toContain('wolf');
  });
});

describe('permissions', () => {
  test('[DSK-3] a requester replies to, cancels, closes and reopens their own request', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'resolved');
    expect(records.run('rita', 'desk', 'r1', { verb: 'reply', text: 'No luck.' }).ok).toBe(true);
    expect(records.run('rita', 'desk', 'r1', REOPEN).ok).toBe(true);
    bring(records, 'desk', 'r2', 'resolved');
    expect(records.run('rita', 'desk', 'r2', CLOSE).ok).toBe(true);
    bring(records, 'desk', 'r3', 'triaged');
    expect(records.run('rita', 'desk', 'r3', CANCEL).ok).toBe(true);
  });

  test('[DSK-3] a requester reads a ticket without what staff alone say of it', () => {
    const records = openDesk();
    for (const name of ['r1', 'r2']) bring(records, 'desk', name, 'new');
    records.run('ana', 'desk', 'r1', { verb: 'override-priority', priority: 5, reason: 'cries wolf' });
    records.run('ana', 'desk', 'r1', { verb: 'edit', fields: { tags: ['difficult'] } });
    records.run('ana', 'desk', 'r1', { verb: 'link', kind: 'related', target: recordId('r2') });
    records.run('ana', 'desk', 'r1', { verb: 'watch' });
    const ticket = records.ticket('r1');
    const hidden = { priorityReason: null, tags: [], links: [], watchers: [] };
    expect(asSeenBy(actor('rita'), ticket)).toEqual({ ...ticket, ...hidden });
    expect(asSeenBy(actor('ana'), ticket)).toEqual(ticket);
    expect(ticket).toMatchObject({ priorityReason: 'cries wolf', tags: ['difficult'] });
    expect([ticket.links.length, ticket.watchers.length]).toEqual([1, 1]);
  });

  test.each([
    [{ verb: 'claim' }],
    [{ verb: 'comment', text: 'psst' }],
    [{ verb: 'edit', fields: { impact: 1 } }],
    [{ verb: 'override-priority', priority: 1, reason: 'mine' }],
    [{ verb: 'watch' }],
    [{ verb: 'transition', to: 'triaged' }],
  ] as const)('[DSK-3] a requester may not %o', (act) => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'new');
    expect(records.run('rita', 'desk', 'r1', act)).toMatchObject({
      ok: false,
      refusal: { code: 'desk/not-permitted' },
    });
  });

  test('[DSK-4] roles bundle permissions and each includes the one before', () => {
    expect([...permissionsOf(['requester'])]).toEqual(['desk.create', 'directory.read']);
    const chain = (['requester', 'agent', 'team-lead', 'administrator'] as const).map((role) =>
      permissionsOf([role]),
    );
    chain.slice(1).forEach((wider, at) => {
      expect([...(chain[at] ?? [])].filter((permission) => !wider.has(permission))).toEqual([]);
    });
    expect(permissionsOf(['agent']).has('admin.people')).toBe(false);
    expect(permissionsOf([]).size).toBe(0);
  });
});
