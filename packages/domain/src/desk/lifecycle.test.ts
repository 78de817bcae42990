import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { DESK_LIFECYCLE } from './index.ts';
import { actor } from '../shared/test-support/organisation.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, CLOSE, HOLD_FOR_CALLER, REOPEN, START, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

const openDesk = () => new Records(() => desk);

/** Brings what any step could need, so that only the table can object. */
function fullStep(to: string): TicketAct {
  return { verb: 'transition', to, reason: 'because', holdReason: 'vendor', code: 'fixed', notes: 'done' };
}

const REACHABLE = DESK_LIFECYCLE.states.filter((state) => state !== 'merged');

describe('the lifecycle of a request', () => {
  test('[DSK-11] the table is REQUEST of the domain page, from its first state to its ends', () => {
    const steps = DESK_LIFECYCLE.transitions
      .filter(({ to }) => to !== 'cancelled')
      .map(({ from, to }) => `${from} → ${to}`);
    expect(steps).toEqual([
      'new → triaged',
      'triaged → awaiting_approval',
      'awaiting_approval → approved',
      'awaiting_approval → rejected',
      'rejected → new',
      'triaged → assigned',
      'approved → assigned',
      'assigned → in_progress',
      'in_progress → on_hold',
      'on_hold → in_progress',
      'in_progress → resolved',
      'resolved → closed',
      'resolved → in_progress',
    ]);
  });

  test.each(REACHABLE)('[DSK-11] from %s the system goes where the table says and nowhere else', (from) => {
    const taken = DESK_LIFECYCLE.states.filter((to) => {
      const records = openDesk();
      bring(records, 'desk', 'r1', from);
      if (records.ticket('r1').team === null) throw new Error('the guards would hide the table');
      return records.run('system', 'desk', 'r1', fullStep(to)).ok;
    });
    const table = DESK_LIFECYCLE.transitions.filter((step) => step.from === from).map(({ to }) => to);
    expect(new Set(taken)).toEqual(new Set(table));
  });

  test('[DSK-11] a step that is not in the table names those that are', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'new');
    expect(records.run('ana', 'desk', 'r1', START)).toEqual({
      ok: false,
      refusal: {
        code: 'desk/no-such-transition',
        from: 'new',
        to: 'in_progress',
        allowed: ['triaged', 'cancelled'],
      },
    });
  });

  test('[DSK-12] triage needs a service and assignment needs a team', () => {
    const records = openDesk();
    records.run('ana', 'desk', 'r1', creating('desk', { service: null }));
    expect(DESK_LIFECYCLE.allowedTransitions(records.ticket('r1'), actor('ana')).map(({ to }) => to)).toEqual(
      ['cancelled'],
    );
    const triage: TicketAct = { verb: 'transition', to: 'triaged' };
    expect(records.run('ana', 'desk', 'r1', triage)).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'service' },
    });
    bring(records, 'desk', 'r2', 'triaged');
    records.run('ana', 'desk', 'r2', { verb: 'assign', team: null, owner: null });
    expect(records.run('ana', 'desk', 'r2', { verb: 'transition', to: 'assigned' })).toMatchObject({
      refusal: { code: 'desk/missing-field', field: 'team' },
    });
  });

  test('[DSK-13] a step without what it needs is refused with the first need that is missing', () => {
    const gaps = DESK_LIFECYCLE.transitions
      .filter(({ needs }) => needs.length > 0)
      .map(({ from, to, needs }) => {
        const records = openDesk();
        bring(records, 'desk', 'r1', from);
        const answer = records.run('system', 'desk', 'r1', { verb: 'transition', to });
        return [needs[0], answer.ok ? null : answer.refusal['field']];
      });
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps.map(([, found]) => found)).toEqual(gaps.map(([need]) => need));
  });

  test('[DSK-14] whoever starts work on a request that nobody owns takes it', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'assigned');
    records.run('bo', 'desk', 'r1', START);
    expect(records.ticket('r1')).toMatchObject({ owner: 'bo', state: 'in_progress' });
    expect(records.history('r1').map(({ event }) => event.type)).toContain('claimed');
  });

  test('[DSK-15] a request is approved by another person who holds the permission', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'awaiting_approval');
    const approve: TicketAct = { verb: 'transition', to: 'approved' };
    expect(records.run('ana', 'desk', 'r1', approve)).toMatchObject({
      refusal: { code: 'desk/not-permitted', permission: 'desk.approve' },
    });
    expect(records.run('lea', 'desk', 'r1', approve).ok).toBe(true);

    records.run('ana', 'desk', 'r2', creating('desk', { requester: actor('lea').id }));
    records.run('ana', 'desk', 'r2', { verb: 'transition', to: 'triaged' });
    records.run('ana', 'desk', 'r2', { verb: 'transition', to: 'awaiting_approval' });
    expect(records.run('lea', 'desk', 'r2', approve)).toMatchObject({
      refusal: { code: 'desk/not-permitted' },
    });
  });

  test('[DSK-16] a rejected request is put right by its requester and handed in again', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'rejected');
    expect(records.run('rita', 'desk', 'r1', { verb: 'edit', fields: { title: 'A cheaper VPN' } }).ok).toBe(
      true,
    );
    expect(records.run('rita', 'desk', 'r1', { verb: 'edit', fields: { impact: 1 } }).ok).toBe(false);
    expect(records.run('rita', 'desk', 'r1', { verb: 'transition', to: 'new' }).ok).toBe(true);
    expect(records.ticket('r1')).toMatchObject({ state: 'new', title: 'A cheaper VPN' });
  });

  test.each(['closed', 'cancelled'])('[DSK-17] a %s request is worked on no more', (state) => {
    const records = openDesk();
    bring(records, 'desk', 'r1', state);
    const acts: readonly TicketAct[] = [
      REOPEN,
      { verb: 'claim' },
      { verb: 'edit', fields: { title: 'x' } },
      { verb: 'assign', team: null, owner: null },
      { verb: 'snooze', until: records.now * 2 },
      { verb: 'reply', text: 'late' },
      { verb: 'override-priority', priority: 1, reason: 'late' },
    ];
    for (const act of acts) {
      expect(records.run('bo', 'desk', 'r1', act)).toEqual({
        ok: false,
        refusal: { code: 'desk/not-open', state, mergedInto: null },
      });
    }
    expect(records.run('bo', 'desk', 'r1', { verb: 'comment', text: 'for the record' }).ok).toBe(true);
  });

  test('[DSK-18] every open state can be cancelled with a reason, by requester and staff', () => {
    for (const state of DESK_LIFECYCLE.open) {
      for (const who of ['rita', 'bo']) {
        const records = openDesk();
        bring(records, 'desk', 'r1', state);
        expect(records.run(who, 'desk', 'r1', CANCEL).ok).toBe(true);
      }
    }
  });

  test('[DSK-19] reopening counts, clears the resolution and tells the owner', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'resolved');
    expect(records.ticket('r1')).toMatchObject({
      resolution: { code: 'fixed', notes: 'New certificate.' },
      resolvedAt: records.now,
    });
    const answer = records.run('rita', 'desk', 'r1', REOPEN);
    expect(answer).toMatchObject({ value: { tell: [{ person: 'ana', kind: 'reopened' }] } });
    expect(records.ticket('r1')).toMatchObject({
      state: 'in_progress',
      owner: 'ana',
      reopenCount: 1,
      resolution: null,
      resolvedAt: null,
    });
  });

  test('[DSK-20] a resolved request is closed by its requester, by staff or by the system', () => {
    for (const who of ['rita', 'bo', 'system']) {
      const records = openDesk();
      bring(records, 'desk', 'r1', 'resolved');
      expect(records.run(who, 'desk', 'r1', CLOSE).ok).toBe(true);
      expect(records.ticket('r1')).toMatchObject({ state: 'closed', closedAt: records.now });
    }
  });
});

describe('waiting', () => {
  test('[DSK-21] the caller’s reply ends a wait for the caller', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'on_hold');
    records.run('rita', 'desk', 'r1', { verb: 'reply', text: 'The blue one.' });
    expect(records.ticket('r1')).toMatchObject({ state: 'in_progress', holdReason: null });
  });

  test.each(['change', 'problem', 'vendor'] as const)(
    '[DSK-21] it does not end a wait for a %s',
    (holdReason) => {
      const records = openDesk();
      bring(records, 'desk', 'r1', 'in_progress');
      records.run('ana', 'desk', 'r1', { ...HOLD_FOR_CALLER, holdReason } as TicketAct);
      records.run('rita', 'desk', 'r1', { verb: 'reply', text: 'Any news?' });
      expect(records.ticket('r1')).toMatchObject({ state: 'on_hold', holdReason });
    },
  );

  test('[DSK-21] a reply of the staff does not end it', () => {
    const records = openDesk();
    bring(records, 'desk', 'r1', 'on_hold');
    records.run('bo', 'desk', 'r1', { verb: 'reply', text: 'Still waiting for you.' });
    expect(records.ticket('r1').state).toBe('on_hold');
  });
});
