import { describe, expect, test } from 'vitest';
import type { Directory, Ticket, TicketAct } from '../shared/index.ts';
import { OFFLINE_TOLERANCE_MS, clockOf } from '../shared/index.ts';
import { DIRECTORY } from '../shared/test-support/organisation.ts';
import { HOUR, MINUTE, MONDAY_9, Records, creating } from '../shared/test-support/records.ts';
import { CANCEL, HOLD_FOR_CALLER, REOPEN, RESOLVE, START, bring } from '../shared/test-support/walk.ts';
import { desk } from './index.ts';

/** A request made at an instant; `at` runs an act at another. */
function openDesk(createdAt = MONDAY_9) {
  const records = new Records(() => desk);
  const at = (instant: number, who: string, act: TicketAct, waited = 0): void => {
    records.now = instant - MINUTE;
    const answer = records.run(who, 'desk', 'r1', act, { clientAt: instant - waited });
    if (!answer.ok) throw new Error(answer.refusal.code);
  };
  at(createdAt, 'ana', creating('desk'));
  return { records, at, clocks: (now: number) => clockOf(records.ticket('r1'), DIRECTORY, now) };
}

/** A request with its work begun, made at `MONDAY_9`. */
function startedDesk() {
  const desktop = openDesk();
  for (const to of ['triaged', 'assigned']) desktop.at(MONDAY_9, 'ana', { verb: 'transition', to });
  desktop.at(MONDAY_9, 'ana', START);
  return desktop;
}

const FRIDAY_21 = Date.UTC(2026, 4, 29, 19);

describe('service-level clocks', () => {
  test('[DSK-52] made on Friday at 21:00, by Monday 09:30 it has used 1 h 30 of its 8 h', () => {
    const { clocks } = openDesk(FRIDAY_21);
    const now = MONDAY_9 + 30 * MINUTE;
    expect(now - FRIDAY_21).toBe(60.5 * HOUR);
    expect(clocks(now).resolution).toEqual({
      running: true,
      elapsedMs: 1.5 * HOUR,
      targetMs: 8 * HOUR,
      remainingMs: 6.5 * HOUR,
      breachAt: MONDAY_9 + 7 * HOUR,
      percent: 18.75,
      state: 'ok',
    });
  });

  test('[DSK-53] a higher priority counts from the beginning', () => {
    const { at, clocks } = openDesk();
    at(MONDAY_9 + 3 * HOUR, 'ana', { verb: 'edit', fields: { impact: 1, urgency: 1 } });
    expect(clocks(MONDAY_9 + 3 * HOUR).resolution).toMatchObject({
      elapsedMs: 3 * HOUR,
      targetMs: 4 * HOUR,
      breachAt: MONDAY_9 + 4 * HOUR,
      state: 'warning',
    });
  });

  test('[DSK-53] a pause before the priority rose counts as a pause', () => {
    const { at, clocks } = startedDesk();
    at(MONDAY_9 + HOUR, 'ana', HOLD_FOR_CALLER);
    at(MONDAY_9 + 6 * HOUR, 'rita', { verb: 'reply', text: 'Here.' });
    at(MONDAY_9 + 6 * HOUR, 'ana', { verb: 'edit', fields: { impact: 1, urgency: 1 } });
    expect(clocks(MONDAY_9 + 7 * HOUR).resolution).toMatchObject({ elapsedMs: 2 * HOUR, state: 'ok' });
  });

  test('[DSK-54] the clock stops on hold and when resolved, and goes on when work does', () => {
    const { at, clocks } = startedDesk();
    at(MONDAY_9 + HOUR, 'ana', HOLD_FOR_CALLER);
    expect(clocks(MONDAY_9 + 4 * HOUR).resolution).toMatchObject({
      running: false,
      elapsedMs: HOUR,
      breachAt: null,
      state: 'paused',
    });
    at(MONDAY_9 + 4 * HOUR, 'ana', START);
    at(MONDAY_9 + 5 * HOUR, 'ana', RESOLVE);
    expect(clocks(MONDAY_9 + 7 * HOUR).resolution).toMatchObject({ elapsedMs: 2 * HOUR, state: 'met' });
    at(MONDAY_9 + 7 * HOUR, 'ana', REOPEN);
    expect(clocks(MONDAY_9 + 8 * HOUR).resolution).toMatchObject({ elapsedMs: 3 * HOUR, state: 'ok' });
  });

  test('[DSK-55] an act made offline counts from when it was made, within a day', () => {
    const resolvedAfter = (waited: number) => {
      const { records, at } = startedDesk();
      at(MONDAY_9 + 48 * HOUR, 'ana', RESOLVE, waited);
      return (records.ticket('r1').clock.at(-1) ?? 0) - MONDAY_9;
    };
    expect(resolvedAfter(0)).toBe(48 * HOUR);
    expect(resolvedAfter(16 * HOUR)).toBe(32 * HOUR);
    expect(resolvedAfter(40 * HOUR)).toBe(48 * HOUR - OFFLINE_TOLERANCE_MS);
    expect(resolvedAfter(-HOUR)).toBe(48 * HOUR);
  });

  test('[DSK-55] an act does not date itself before the mark that it follows', () => {
    const { records, at } = startedDesk();
    at(MONDAY_9 + 2 * HOUR, 'ana', HOLD_FOR_CALLER);
    at(MONDAY_9 + 3 * HOUR, 'rita', { verb: 'reply', text: 'Here.' }, 2 * HOUR);
    expect(records.ticket('r1').clock).toEqual([MONDAY_9, MONDAY_9 + 2 * HOUR, MONDAY_9 + 2 * HOUR]);
  });

  test('[DSK-56] the response clock ends with the first public word of the staff, or the resolution', () => {
    const answered = openDesk();
    answered.at(MONDAY_9 + 30 * MINUTE, 'ana', { verb: 'reply', text: 'Looking.' });
    expect(answered.clocks(MONDAY_9 + 9 * HOUR).response).toMatchObject({
      running: false,
      elapsedMs: 30 * MINUTE,
      percent: 50,
      state: 'met',
    });
    const resolved = startedDesk();
    resolved.at(MONDAY_9 + 2 * HOUR, 'ana', RESOLVE);
    expect(resolved.clocks(MONDAY_9 + 9 * HOUR).response).toMatchObject({
      elapsedMs: 2 * HOUR,
      breachAt: MONDAY_9 + HOUR,
      state: 'breached',
    });
  });

  test('[DSK-57] nothing is owed on a cancelled request, nor without an agreement', () => {
    const { at, records, clocks } = openDesk();
    const bare: Directory = { ...DIRECTORY, agreements: [] };
    expect(clockOf(records.ticket('r1'), bare, MONDAY_9 + HOUR).resolution.state).toBe('none');
    at(MONDAY_9 + HOUR, 'ana', CANCEL);
    expect(clocks(MONDAY_9 + 2 * HOUR)).toMatchObject({
      response: { state: 'none', targetMs: null },
      resolution: { state: 'none', targetMs: null },
    });
  });

  test('[DSK-58] it warns from three quarters of the target and is breached beyond it', () => {
    const { clocks } = openDesk();
    const states = [5.99, 6, 8, 8.01].map((hours) => {
      const { state, breachAt } = clocks(MONDAY_9 + hours * HOUR).resolution;
      return [state, breachAt];
    });
    const due = MONDAY_9 + 8 * HOUR;
    expect(states).toEqual([
      ['ok', due],
      ['warning', due],
      ['warning', due],
      // Work ends at 17:00, so the last quarter hour counts on the next morning only.
      ['warning', due],
    ]);
    expect(clocks(MONDAY_9 + 23.1 * HOUR).resolution).toMatchObject({ state: 'breached', breachAt: due });
  });

  test('[DSK-58] a breach stays when the clock pauses or the request is resolved', () => {
    const { at, clocks } = startedDesk();
    const tuesday = MONDAY_9 + 24 * HOUR;
    at(tuesday + HOUR, 'ana', HOLD_FOR_CALLER);
    expect(clocks(tuesday + 2 * HOUR).resolution).toMatchObject({ state: 'breached', running: false });
    at(tuesday + 3 * HOUR, 'ana', START);
    at(tuesday + 3 * HOUR, 'ana', RESOLVE);
    expect(clocks(tuesday + 9 * HOUR).resolution).toMatchObject({
      state: 'breached',
      remainingMs: -2 * HOUR,
    });
  });
});

describe('clock marks', () => {
  test('[DSK-54] a request that is moved without stopping keeps its one mark', () => {
    const records = new Records(() => desk);
    bring(records, 'desk', 'r1', 'approved');
    const { clock, createdAt }: Ticket = records.ticket('r1');
    expect(clock).toEqual([createdAt]);
  });
});
