import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceId } from '../../shared/index.ts';
import { NETWORK, PAYROLL, VPN } from '../../shared/test-support/organisation.ts';
import type { AnnouncementAct } from './acts.ts';
import { ANNOUNCEMENT_STATES, readingKey } from './announcement.ts';
import { stepsByClock } from './lifecycle.ts';
import { byPressure, isBanner, serviceState } from './shown.ts';
import type { Board } from './test-board.ts';
import { HOUR, NOW, OUTAGE, PLANNED, announced } from './test-board.ts';

const BEGIN = NOW + 100 * HOUR;

describe('telling', () => {
  test('[DSK-78] publishing, moving, postponing and cancelling tell everybody anew', () => {
    const board = announced(PLANNED, 'scheduled');
    board.run('lea', { verb: 'edit', fields: { beginsAt: BEGIN - HOUR } });
    board.run('lea', { verb: 'edit', fields: { title: 'Other words' } });
    for (const to of ['postponed', 'scheduled', 'cancelled'] as const) board.run('lea', { verb: 'step', to });
    expect(board.told).toEqual(['1 publication', '2 moved', '3 postponed', '4 publication', '5 cancelled']);
    expect(announced(PLANNED, 'cancelled').told).toEqual([]);
  });

  test('[DSK-79] reminders come 72, 24 and 1 hour before, each once, then begin and end', () => {
    const board = announced(PLANNED, 'scheduled');
    for (let at = NOW; at <= BEGIN + 3 * HOUR; at += HOUR / 2) board.tick(at);
    expect(board.told).toEqual(['1 publication', '1 72h', '1 24h', '1 1h', '1 start', '1 end']);
    expect(board.it.told.map(({ at }) => (at - BEGIN) / HOUR)).toEqual([-100, -72, -24, -1, 0, 2]);
  });

  test('[DSK-79] what had passed at publication is not told after it', () => {
    const board = announced({ ...PLANNED, beginsAt: NOW + 10 * HOUR, endsAt: NOW + 11 * HOUR }, 'scheduled');
    board.tick(NOW + 2 * HOUR);
    expect(board.told).toEqual(['1 publication']);
    board.tick(NOW + 9 * HOUR);
    expect(board.told).toEqual(['1 publication', '1 1h']);
  });

  test('[DSK-80] a reminder that a later one overtook is left out', () => {
    const board = announced(PLANNED, 'scheduled');
    board.tick(BEGIN - HOUR / 2);
    board.tick(BEGIN - HOUR / 3);
    expect(board.told).toEqual(['1 publication', '1 1h']);
    expect(board.run('system', { verb: 'notify', notice: '1h' }).ok).toBe(false);
  });

  test('[DSK-80] a moved window reminds again', () => {
    const board = announced(PLANNED, 'scheduled');
    board.tick(BEGIN - 20 * HOUR);
    board.run('lea', { verb: 'edit', fields: { beginsAt: BEGIN + 48 * HOUR, endsAt: BEGIN + 50 * HOUR } });
    board.tick(BEGIN + 24 * HOUR);
    expect(board.told).toEqual(['1 publication', '1 24h', '2 moved', '2 24h']);
  });

  test('[DSK-81] the clock begins and completes planned work, also when it looks too late', () => {
    const board = announced(PLANNED, 'scheduled');
    board.tick(BEGIN + 500 * HOUR);
    expect(board.it.updates.map(({ state }) => state)).toEqual(['scheduled', 'in_progress', 'completed']);
    const verifying = announced(PLANNED, 'scheduled', 'in_progress', 'verifying');
    verifying.tick(BEGIN + 2 * HOUR);
    expect(verifying.it.state).toBe('completed');
  });

  test('[DSK-81] an outage goes on beyond the end that was expected', () => {
    const board = announced({ ...OUTAGE, endsAt: NOW + HOUR }, 'in_progress');
    board.tick(NOW + 99 * HOUR);
    expect(board.it.state).toBe('in_progress');
  });
});

describe('where it is shown', () => {
  const none = new Set<string>();

  test('[DSK-84] it stands over every page within a day before, until it is read, and while it is under way', () => {
    const board = announced(PLANNED, 'scheduled');
    const read = new Set([readingKey(board.target, 1)]);
    expect(isBanner(board.it, none, BEGIN - 25 * HOUR)).toBe(false);
    expect(isBanner(board.it, none, BEGIN - 24 * HOUR)).toBe(true);
    expect(isBanner(board.it, read, BEGIN - HOUR)).toBe(false);
    board.tick(BEGIN);
    expect(isBanner(board.it, read, BEGIN)).toBe(true);
    board.tick(BEGIN + 2 * HOUR);
    expect(isBanner(board.it, none, BEGIN + 2 * HOUR)).toBe(false);
    expect(isBanner(announced(PLANNED).it, none, BEGIN)).toBe(false);
  });

  test('[DSK-84] that it was called off is shown for a day to whoever had read of it', () => {
    const board = announced(PLANNED, 'scheduled', 'cancelled');
    expect(isBanner(board.it, new Set([readingKey(board.target, 1)]), NOW)).toBe(true);
    expect(isBanner(board.it, new Set([readingKey(board.target, 2)]), NOW)).toBe(false);
    expect(isBanner(board.it, none, NOW + 25 * HOUR)).toBe(false);
  });

  test('[DSK-84] what is under way comes first, the worst of it ahead', () => {
    const planned = announced(PLANNED, 'scheduled').it;
    const outage = announced(OUTAGE, 'in_progress').it;
    const running = announced({ ...PLANNED, kind: 'maintenance' }, 'scheduled', 'in_progress').it;
    const slow = announced({ ...OUTAGE, kind: 'degradation' }, 'in_progress').it;
    const worstFirst = [outage, slow, running, planned];
    expect([planned, running, slow, outage].toSorted(byPressure)).toEqual(worstFirst);
    expect(worstFirst.toSorted(byPressure)).toEqual(worstFirst);
  });

  test('[DSK-85] a service does as badly as the worst that is under way', () => {
    const maintenance = announced({ ...PLANNED, kind: 'maintenance' }, 'scheduled', 'in_progress').it;
    const outage = announced(OUTAGE, 'in_progress').it;
    expect(serviceState(VPN, [])).toBe('operational');
    expect(serviceState(VPN, [maintenance])).toBe('under_maintenance');
    expect(serviceState(VPN, [maintenance, outage])).toBe('major_outage');
    expect(serviceState(VPN, [announced(PLANNED, 'scheduled').it])).toBe('operational');
    expect(serviceState(serviceId('mail'), [outage])).toBe('operational');
  });
});

describe('any acts by anybody', () => {
  const instant = fc.integer({ min: 0, max: 200 }).map((hours) => NOW + hours * HOUR);
  const act: fc.Arbitrary<AnnouncementAct> = fc.oneof(
    fc.constantFrom(...ANNOUNCEMENT_STATES).map((to) => ({ verb: 'step' as const, to })),
    fc
      .record(
        {
          beginsAt: instant,
          endsAt: instant,
          title: fc.constantFrom('a', 'b'),
          audience: fc.subarray([NETWORK, PAYROLL]),
        },
        { requiredKeys: [] },
      )
      .map((fields) => ({ verb: 'edit' as const, fields })),
    fc.constantFrom('', 'news').map((message) => ({ verb: 'update' as const, message })),
  );
  const move = fc.record({
    who: fc.constantFrom('lea', 'lea', 'ana', 'system'),
    act,
    behind: fc.integer({ min: 0, max: 3 }),
    passes: fc.integer({ min: 0, max: 30 }),
  });

  test('[DSK-86] revisions only rise, occasions count once, steps are of the table', () => {
    fc.assert(
      fc.property(fc.constantFrom(PLANNED, OUTAGE), fc.array(move, { maxLength: 25 }), (fields, moves) => {
        const board: Board = announced(fields);
        for (const { who, act: each, behind, passes } of moves) {
          const before = board.it;
          board.run(who, each, Math.max(0, before.version - behind));
          board.tick(board.now + passes * HOUR);
          expect(board.it.revision).toBeGreaterThanOrEqual(before.revision);
        }
        const once = board.told.filter((each) => !each.endsWith(' audience'));
        expect(new Set(once).size).toBe(once.length);
        expect(board.it.version).toBe(board.history.length);
        expect(board.it.updates.map(({ number }) => number)).toEqual(
          board.it.updates.map((_, index) => index + 1),
        );
        for (const { event } of board.history) {
          if (event.type === 'stepped') expect(stepsByClock(fields.kind, event.from)).toContain(event.to);
        }
      }),
    );
  });
});
