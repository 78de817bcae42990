import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import type { Night } from '../test-night.ts';
import { FIELDS, HOUR, PHASES, change, changeId, drafted, refusedFor } from '../test-night.ts';
import type { GateRule } from './gate.ts';
import { standingOfGate } from './standing.ts';

const gated = (rule: GateRule): Night =>
  drafted(
    {},
    PHASES.map((phase) => ({
      ...phase,
      gates: phase.id === 'planning' ? [{ id: 'g', name: 'g', rule }] : [],
    })),
  );

const standing = (night: Night) => {
  const gate = night.it.phases[0]?.gates[0];
  if (gate === undefined) throw new Error('there is no gate');
  return standingOfGate(gate, night.it, night.facts);
};

const tests = { kind: 'check', check: 'tests', threshold: 90 } as const;
const except = { verb: 'except-gate', gate: 'g', reason: 'Agreed with the board' } as const;

describe('whether a gate is met', () => {
  test('[REL-17] changes are closed when none is open, and those called off do not count', () => {
    const night = gated({ kind: 'changes-closed' });
    expect(standing(night).result).toBe('compliant');
    night.with(change(1), change(2, { standing: 'closed' }), change(3, { standing: 'inactive' }));
    expect(standing(night)).toMatchObject({ result: 'non_compliant', failing: [changeId(1)] });
    night.changes.set(changeId(1), change(1, { standing: 'closed' }));
    expect(standing(night).result).toBe('compliant');
    night.changes.delete(changeId(2));
    expect(standing(night)).toMatchObject({ result: 'non_compliant', failing: [changeId(2)] });
  });

  test('[REL-17] windows fit when every open change is planned within that of the release', () => {
    const night = gated({ kind: 'windows-fit' });
    const late = { beginsAt: (FIELDS.endsAt ?? 0) - HOUR, endsAt: (FIELDS.endsAt ?? 0) + 1 };
    night.with(change(1), change(2, { window: late }), change(3, { window: null }));
    night.with(change(4, { window: late, standing: 'closed' }));
    expect(standing(night)).toMatchObject({ result: 'non_compliant', failing: [2, 3].map(changeId) });
    night.do('ana', { verb: 'edit', fields: { endsAt: null } });
    expect(standing(night).result).toBe('pending');
  });

  test.each([
    ['at-least', 89.9],
    ['at-most', 90.1],
  ] as const)('[REL-17] [REL-18] a check keeps %s its threshold, by the last value', (bound, beyond) => {
    const night = gated({ ...tests, bound });
    expect(standing(night)).toMatchObject({ result: 'pending', value: null });
    for (const [value, result] of [
      [beyond, 'non_compliant'],
      [90, 'compliant'],
    ] as const) {
      night.do('ana', { verb: 'report-check', check: 'tests', value });
      expect(standing(night)).toMatchObject({ result, value });
    }
    expect(night.run('ana', { verb: 'report-check', check: 'other', value: 1 })).toMatchObject(
      refusedFor('no-such-check'),
    );
  });

  test('[REL-19] those who are named sign once each, and nobody else does', () => {
    const night = gated({ kind: 'sign-offs', people: [personId('ana'), personId('bo')] });
    const sign = (who: string) => night.run(who, { verb: 'sign-off', gate: 'g', note: ' Fine. ' });
    expect(sign('cem')).toMatchObject(refusedFor('not-asked', { person: 'cem' }));
    expect(sign('ana').ok).toBe(true);
    expect(sign('ana')).toMatchObject(refusedFor('already-signed'));
    expect(standing(night)).toMatchObject({ result: 'pending', failing: ['bo'] });
    sign('bo');
    expect(standing(night).result).toBe('compliant');
    expect(night.it.phases[0]?.gates[0]?.signed.map(({ note }) => note)).toEqual(['Fine.', 'Fine.']);
  });
});

describe('exceptions', () => {
  test('[REL-20] it has a reason and an approver, and is not for a gate that is met', () => {
    const night = gated({ kind: 'changes-closed' });
    expect(night.run('lea', except)).toMatchObject(refusedFor('gate-met'));
    night.with(change(1));
    expect(night.run('lea', { ...except, reason: '' })).toMatchObject(refusedFor('missing-field'));
    expect(night.run('ana', except)).toMatchObject(refusedFor('not-permitted'));
    night.do('lea', except);
    expect(standing(night).result).toBe('exception');
    expect(night.it.phases[0]?.gates[0]?.exception).toMatchObject({ reason: except.reason, by: 'lea' });
    night.do('lea', { verb: 'end-exception', gate: 'g' });
    expect(standing(night).result).toBe('non_compliant');
  });

  test('[REL-20] one more open change is not covered, one less is', () => {
    const night = gated({ kind: 'changes-closed' }).with(change(1), change(2)).do('lea', except);
    night.changes.set(changeId(2), change(2, { standing: 'closed' }));
    expect(standing(night)).toMatchObject({ result: 'exception', failing: [changeId(1)] });
    night.with(change(3));
    expect(standing(night).result).toBe('non_compliant');
  });

  test('[REL-20] a worse value is not covered, a better one is', () => {
    const night = gated({ ...tests, bound: 'at-least' });
    night.do('lea', except);
    expect(standing(night).result).toBe('exception');
    for (const [value, result] of [
      [80, 'non_compliant'],
      [95, 'compliant'],
    ] as const) {
      night.do('ana', { verb: 'report-check', check: 'tests', value });
      expect(standing(night).result).toBe(result);
    }
    night.do('ana', { verb: 'report-check', check: 'tests', value: 80 }).do('lea', except);
    for (const [value, result] of [
      [85, 'exception'],
      [79, 'non_compliant'],
    ] as const) {
      night.do('ana', { verb: 'report-check', check: 'tests', value });
      expect(standing(night).result).toBe(result);
    }
  });
});
