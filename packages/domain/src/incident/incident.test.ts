import { describe, expect, test } from 'vitest';
import type { TicketAct } from '../shared/index.ts';
import { Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, CLOSE, REOPEN, RESOLVE, START, bring } from '../shared/test-support/walk.ts';
import { INCIDENT_LIFECYCLE, incident } from './index.ts';

const openRecords = () => new Records(() => incident);

describe('declaring an incident', () => {
  test('[INC-1] staff declare incidents, for anybody', () => {
    const records = openRecords();
    expect(records.run('ana', 'incident', 'i1', creating('incident')).ok).toBe(true);
    expect(records.ticket('i1')).toMatchObject({ process: 'incident', kind: 'incident', state: 'new' });
    expect(records.run('rita', 'incident', 'i2', creating('incident'))).toEqual({
      ok: false,
      refusal: { code: 'incident/not-permitted', permission: 'incident.declare' },
    });
  });

  test('[INC-1] an incident is of no other kind', () => {
    expect(
      openRecords().run('ana', 'incident', 'i1', creating('incident', { kind: 'question' })),
    ).toMatchObject({
      refusal: { code: 'incident/invalid-value', field: 'kind' },
    });
  });
});

describe('the lifecycle of an incident', () => {
  test('[INC-2] the table is INCIDENT of the domain page', () => {
    const steps = INCIDENT_LIFECYCLE.transitions.map(({ from, to }) => `${from} → ${to}`);
    expect(steps).toEqual([
      'new → in_progress',
      'in_progress → on_hold',
      'on_hold → in_progress',
      'in_progress → resolved',
      'on_hold → resolved',
      'resolved → closed',
      'resolved → in_progress',
      'new → cancelled',
      'in_progress → cancelled',
      'on_hold → cancelled',
    ]);
  });

  test.each(['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'])(
    '[INC-2] from %s the system goes where the table says and nowhere else',
    (from) => {
      const taken = INCIDENT_LIFECYCLE.states.filter((to) => {
        const records = openRecords();
        bring(records, 'incident', 'i1', from);
        const act: TicketAct = {
          verb: 'transition',
          to,
          reason: 'x',
          holdReason: 'change',
          code: 'x',
          notes: 'x',
        };
        return records.run('system', 'incident', 'i1', act).ok;
      });
      const table = INCIDENT_LIFECYCLE.transitions.filter((step) => step.from === from).map(({ to }) => to);
      expect(new Set(taken)).toEqual(new Set(table));
    },
  );

  test('[INC-3] a waiting incident is resolved without resuming it first', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'on_hold');
    expect(records.run('ana', 'incident', 'i1', RESOLVE).ok).toBe(true);
    expect(records.ticket('i1')).toMatchObject({ state: 'resolved', holdReason: null });
  });

  test('[INC-4] the caller replies to, cancels, closes and reopens their incident, and does not work on it', () => {
    const records = openRecords();
    bring(records, 'incident', 'i1', 'resolved');
    expect(records.run('rita', 'incident', 'i1', REOPEN).ok).toBe(true);
    bring(records, 'incident', 'i2', 'resolved');
    expect(records.run('rita', 'incident', 'i2', CLOSE).ok).toBe(true);
    bring(records, 'incident', 'i3', 'new');
    expect(records.run('rita', 'incident', 'i3', { verb: 'reply', text: 'Still down.' }).ok).toBe(true);
    expect(records.run('rita', 'incident', 'i3', START)).toMatchObject({
      refusal: { code: 'incident/not-permitted', permission: 'incident.work' },
    });
    expect(records.run('rita', 'incident', 'i3', CANCEL).ok).toBe(true);
  });
});
