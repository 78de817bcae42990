import { describe, expect, test } from 'vitest';
import type { ReleaseAct } from '../acts.ts';
import { DEFAULT_PHASES } from '../phase/plan.ts';
import type { ReleaseFields } from '../release.ts';
import type { Night } from '../test-night.ts';
import {
  HOUR,
  NOW,
  PHASES,
  change,
  changeId,
  drafted,
  ready,
  refusedFor,
  step,
  stepId,
} from '../test-night.ts';
import { differenceOf } from './readiness.ts';
import { riskOf } from './risk.ts';

const DAY = 24 * HOUR;

describe('readiness', () => {
  test('[REL-21] it is ready when everything before deployment is done, and its gates are met now', () => {
    expect(drafted().readiness).toMatchObject({ isReady: false, unmetGates: ['tests'] });
    const night = ready();
    expect(night.readiness).toMatchObject({ isReady: true, openPhases: [], unmetGates: [] });
    night.do('ana', { verb: 'report-check', check: 'tests', value: 10 });
    expect(night.readiness).toMatchObject({ isReady: false, unmetGates: ['tests'] });
  });

  test.each<[string, (night: Night) => unknown]>([
    ['a change more', (night) => night.with(change(2))],
    ['a change less', (night) => night.do('ana', { verb: 'remove-changes', changes: [changeId(1)] })],
    ['a change that moved', (night) => night.changes.set(changeId(1), change(1, { state: 'review' }))],
    ['a change planned otherwise', (night) => night.changes.set(changeId(1), change(1, { window: null }))],
    ['a change out of sight', (night) => night.changes.delete(changeId(1))],
    ['another value', (night) => night.do('ana', { verb: 'report-check', check: 'tests', value: 96 })],
    ['another window', (night) => night.do('ana', { verb: 'edit', fields: { endsAt: NOW + 999 * HOUR } })],
    ['a step more', (night) => night.do('ana', { verb: 'add-steps', steps: [step(2)] })],
    ['a step less', (night) => night.do('ana', { verb: 'drop-step', step: stepId(1) })],
    [
      'another way back',
      (night) => night.do('ana', { verb: 'edit-step', step: stepId(1), fields: { rollback: 'x' } }),
    ],
  ])('[REL-21] its hash moves with %s', (_what, move) => {
    const night = ready(step(1)).with(change(1));
    const { hash } = night.readiness;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    move(night);
    expect(night.readiness.hash).not.toBe(hash);
  });

  test('[REL-21] its hash moves with nothing else, nor by how things came about', () => {
    const night = ready(step(1)).with(change(1), change(2));
    const { hash } = night.readiness;
    const owner = night.it.madeBy;
    const others: readonly ReleaseAct[] = [
      { verb: 'open-roll-call', leads: [owner], quorum: 1 },
      { verb: 'edit', fields: { owner } },
      { verb: 'remove-changes', changes: [changeId(1)] },
      { verb: 'add-changes', changes: [changeId(1)] },
    ];
    for (const act of others) night.do('lea', act);
    night.changes.set(changeId(1), change(1, { title: 'Other words', items: [] }));
    expect(night.readiness.hash).toBe(hash);
    night.state = JSON.parse(JSON.stringify(night.it)) as Night['state'];
    expect(night.readiness.hash).toBe(hash);
  });

  test('[REL-22] what moved is told part by part', () => {
    const night = ready(step(1), step(2)).with(change(1), change(2));
    const given = night.readiness.content;
    night.do('ana', { verb: 'remove-changes', changes: [changeId(1)] }).with(change(3));
    night.changes.set(changeId(2), change(2, { state: 'review' }));
    night.do('ana', { verb: 'edit', fields: { endsAt: NOW + 999 * HOUR } });
    night.do('ana', { verb: 'report-check', check: 'tests', value: 91 });
    night.do('ana', { verb: 'drop-step', step: stepId(1) });
    night.do('ana', { verb: 'edit-step', step: stepId(2), fields: { minutes: 11 } });
    expect(differenceOf(given, night.readiness.content)).toEqual({
      plan: ['endsAt'],
      units: [],
      membersAdded: [changeId(3)],
      membersRemoved: [changeId(1)],
      membersMoved: [changeId(2)],
      phases: [],
      gates: ['tests'],
      steps: [stepId(1), stepId(2)],
    });
  });

  test('[REL-16] the phases that a release begins with are fit', () => {
    expect(drafted({}, DEFAULT_PHASES).it.phases.map(({ id }) => id)).toHaveLength(5);
    expect(ready().run('lea', { verb: 'complete-phase', phase: 'testing' })).toMatchObject(
      refusedFor('phase-state'),
    );
  });
});

describe('risk', () => {
  const risky = (
    endsAt: number | null,
    window: Partial<ReleaseFields> = { beginsAt: null, endsAt: null },
  ) => {
    const gates = ['a', 'b', 'c'].map((id) => ({
      id,
      name: id,
      rule: { kind: 'check', check: id, bound: 'at-least', threshold: 50 } as const,
    }));
    const night = drafted(
      window,
      PHASES.map((phase) => (phase.id === 'planning' ? { ...phase, endsAt, gates } : phase)),
    );
    night.with(change(1), change(2), change(3, { standing: 'closed' }), change(4, { standing: 'closed' }));
    night.with(change(5, { standing: 'inactive' }));
    night.do('ana', {
      verb: 'add-steps',
      steps: Array.from({ length: 10 }, (_, n) => step(n, { phase: 'planning' })),
    });
    night.to('planning').do('lea', { verb: 'start-phase', phase: 'planning' });
    night.do('ana', { verb: 'tick', step: stepId(0) });
    night.do('ana', { verb: 'report-check', check: 'a', value: 1 });
    night.do('ana', { verb: 'report-check', check: 'b', value: 60 });
    return night;
  };
  const risk = (night: Night, now = NOW) => {
    const [phase] = night.it.phases;
    if (phase === undefined) throw new Error('there is no phase');
    return riskOf(night.it, phase, night.facts, now);
  };

  test('[REL-23] with a date: work ½, one gate of two run, half of a fifth done, half of a fortnight left', () => {
    const { score, shares } = risk(risky(NOW + 7 * DAY));
    expect(shares.map(({ part, value, weight }) => [part, value, weight])).toEqual([
      ['work', 0.5, 0.3],
      ['policy', 0.5, 0.4],
      ['progress', 0.5, 0.1],
      ['time', 0.5, 0.2],
    ]);
    expect(shares.map(({ count, of }) => [count, of])).toEqual([
      [2, 4],
      [1, 2],
      [1, 10],
      [7, 14],
    ]);
    expect(score).toBeCloseTo(50, 10);
  });

  test('[REL-23] without a date work weighs a half and time nothing', () => {
    const { score, shares } = risk(risky(null));
    expect(shares.map(({ part, weight }) => [part, weight])).toEqual([
      ['work', 0.5],
      ['policy', 0.4],
      ['progress', 0.1],
    ]);
    expect(score).toBeCloseTo(50, 10);
  });

  test('[REL-23] time counts from a fortnight before to the day, and what there is not is no risk', () => {
    const night = risky(NOW + 30 * DAY);
    const timeAt = (now: number) => risk(night, now).shares[3]?.value;
    expect([NOW, NOW + 16 * DAY, NOW + 30 * DAY, NOW + 99 * DAY].map(timeAt)).toEqual([0, 0, 1, 1]);
    const { it } = drafted({ beginsAt: null, endsAt: null });
    const [phase] = it.phases;
    if (phase === undefined) throw new Error('there is no phase');
    expect(riskOf(it, phase, { changes: new Map() }, NOW).score).toBe(0);
    night.do('ana', { verb: 'tick', step: stepId(1) }).do('ana', { verb: 'tick', step: stepId(2) });
    expect(risk(night).shares[2]?.value).toBe(0);
    night.do('lea', { verb: 'except-gate', gate: 'a', reason: 'Agreed' });
    expect(risk(night).shares[1]?.value).toBe(0);
  });

  test('[REL-23] a phase without an end is late by the window of its release, and one that has an end by that', () => {
    const window = { beginsAt: NOW + 7 * DAY, endsAt: NOW + 14 * DAY };
    const timeOf = (night: Night, stage: string, now: number) => {
      const phase = night.it.phases.find((each) => each.stage === stage);
      if (phase === undefined) throw new Error('there is no phase');
      return riskOf(night.it, phase, night.facts, now).shares.find(({ part }) => part === 'time');
    };
    const night = risky(null, window);
    expect(timeOf(night, 'planning', NOW)).toMatchObject({ value: 0.5, weight: 0.2, count: 7 });
    expect(timeOf(night, 'planning', NOW + 10 * DAY)).toMatchObject({ value: 1, points: 20, count: -3 });
    expect(timeOf(night, 'deploying', NOW + 10 * DAY)?.count).toBe(4);
    expect(timeOf(night, 'hypercare', NOW + 30 * DAY)).toBeUndefined();
    expect(timeOf(risky(NOW + DAY, window), 'planning', NOW)?.count).toBe(1);
  });
});
