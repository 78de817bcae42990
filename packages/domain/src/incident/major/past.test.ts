import { describe, expect, test } from 'vitest';
import { commanderOf, phaseOf, recordId, ticketAt } from '../../shared/index.ts';
import { bringMajor } from '../../shared/test-support/major.ts';
import { id } from '../../shared/test-support/organisation.ts';
import { MINUTE, Records } from '../../shared/test-support/records.ts';
import { RESOLVE } from '../../shared/test-support/walk.ts';
import { incident } from '../index.ts';

describe('an incident as it stood', () => {
  test('[INC-112] it is what its events until then make it, and nothing before the first', () => {
    const records = new Records(() => incident);
    bringMajor(records, 'i1');
    const during = records.now;
    records.run('lea', 'incident', 'i1', { verb: 'move-phase', to: 'investigating' });
    records.run('lea', 'incident', 'i1', { verb: 'set-severity', severity: 1 });
    records.run('ana', 'incident', 'i1', RESOLVE);
    const history = records.history('i1');
    const at = (instant: number) => ticketAt('incident', recordId('i1'), history, instant);
    expect(at((history[0]?.at ?? 0) - 1)).toBeNull();
    const then = at(during);
    expect([then?.state, then?.major?.severity, phaseOf(then?.major ?? null)]).toEqual([
      'in_progress',
      3,
      'triage',
    ]);
    expect(commanderOf(then?.major ?? null)).toBe(id('lea'));
    expect(at(during + MINUTE - 1)).toEqual(then);
    expect(phaseOf(at(during + MINUTE)?.major ?? null)).toBe('investigating');
    expect(at(records.now)).toEqual(records.ticket('i1'));
  });

  test('[INC-112] what waits for the server has not happened yet', () => {
    const records = new Records(() => incident);
    bringMajor(records, 'i1');
    const [...history] = records.history('i1');
    const last = history.at(-1);
    if (last === undefined) throw new Error('no history');
    const pending = { ...last, seq: 0, event: { type: 'unsnoozed' } as const };
    expect(ticketAt('incident', recordId('i1'), [...history, pending], records.now)?.version).toBe(
      last.version,
    );
  });
});
