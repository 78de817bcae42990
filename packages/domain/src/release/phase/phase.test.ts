import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import type { GatePlan } from '../gate/gate.ts';
import {
  HOUR,
  NOW,
  PHASES,
  asked,
  change,
  changeId,
  deploying,
  drafted,
  ready,
  refusedFor,
  step,
  stepId,
} from '../test-night.ts';
import type { PhasePlan } from './phase.ts';

const two: readonly PhasePlan[] = ['one', 'two'].map((id) => ({
  id,
  name: id,
  stage: 'planning',
  beginsAt: null,
  endsAt: null,
  gates: [],
}));

const withGate = (gate: GatePlan): readonly PhasePlan[] =>
  PHASES.map((phase) => ({ ...phase, gates: phase.id === 'planning' ? [gate] : [] }));

describe('phases', () => {
  test('[REL-11] one is in progress at a time, in their order', () => {
    const night = drafted({}, two);
    const start = (phase: string) => night.run('lea', { verb: 'start-phase', phase });
    expect(start('one')).toMatchObject(refusedFor('phase-of-other-stage', { state: 'draft' }));
    night.to('planning');
    expect(start('two')).toMatchObject(refusedFor('phase-waits', { for: ['one'] }));
    expect(start('one').ok).toBe(true);
    expect(start('two')).toMatchObject(refusedFor('phase-running', { phase: 'one' }));
    expect(start('one')).toMatchObject(refusedFor('phase-state', { state: 'in_progress' }));
    night.do('lea', { verb: 'complete-phase', phase: 'one' });
    expect(start('two').ok).toBe(true);
  });

  test('[REL-11] of two who start or complete it the second is superseded', () => {
    const night = drafted({}, two).to('planning');
    for (const verb of ['start-phase', 'complete-phase'] as const) {
      const basis = night.it.version;
      night.do('lea', { verb, phase: 'one' });
      expect(night.run('system', { verb, phase: 'one' }, { basis })).toMatchObject({
        value: { superseded: { reason: 'already-done' } },
      });
    }
  });

  test('[REL-12] by stages it is completed when its steps are done and its gates are met', () => {
    const night = drafted(
      {},
      withGate({ id: 'g', name: 'Signed', rule: { kind: 'sign-offs', people: [personId('bo')] } }),
    );
    night.do('ana', { verb: 'add-steps', steps: [step(1, { phase: 'planning' })] }).to('planning');
    night.do('lea', { verb: 'start-phase', phase: 'planning' });
    const complete = () => night.run('lea', { verb: 'complete-phase', phase: 'planning' });
    expect(complete()).toMatchObject(refusedFor('steps-open', { steps: 1 }));
    night.do('ana', { verb: 'tick', step: stepId(1) });
    expect(complete()).toMatchObject(
      refusedFor('gates-not-met', { gates: [{ gate: 'g', result: 'pending' }] }),
    );
    night.do('bo', { verb: 'sign-off', gate: 'g' });
    expect(complete().ok).toBe(true);
  });

  test('[REL-13] by dates it begins and ends on its days, whatever is done, and a gate holds it', () => {
    const dated = withGate({ id: 'g', name: 'Closed', rule: { kind: 'changes-closed' } }).map(
      (phase, at) => ({
        ...phase,
        beginsAt: NOW + at * HOUR,
        endsAt: NOW + (at + 1) * HOUR,
      }),
    );
    const night = drafted({ pace: 'dates' }, dated).with(change(1));
    night.do('ana', { verb: 'add-steps', steps: [step(1, { phase: 'planning' })] }).to('planning');
    night.tick(NOW);
    expect(night.it.phases[0]).toMatchObject({ state: 'in_progress', startedAt: NOW });
    expect(night.run('lea', { verb: 'complete-phase', phase: 'planning' })).toMatchObject(
      refusedFor('phase-not-over', { endsAt: NOW + HOUR }),
    );
    night.tick(NOW + HOUR);
    expect(night.it.phases[0]?.state).toBe('in_progress');
    night.changes.set(changeId(1), change(1, { standing: 'closed' }));
    night.tick(NOW + 2 * HOUR);
    expect(night.it.phases[0]).toMatchObject({ state: 'completed', completedAt: NOW + 2 * HOUR });
    expect(night.it.steps[0]?.tick).toBeNull();
  });

  test('[REL-14] a restart sets the phase and all that follow back, and the release with them', () => {
    const night = asked(step(1, { phase: 'building' }), step(2, { phase: 'planning' }));
    expect(night.it.phases.map(({ state }) => state).slice(0, 3)).toEqual(Array(3).fill('completed'));
    expect(night.run('lea', { verb: 'restart-phase', phase: 'building', reason: ' ' })).toMatchObject(
      refusedFor('missing-field', { field: 'reason' }),
    );
    night.do('lea', { verb: 'restart-phase', phase: 'building', reason: 'A fault in the build' });
    expect(night.it).toMatchObject({ state: 'building', rollCall: null });
    expect(night.it.phases.map(({ state, round }) => [state, round])).toEqual([
      ['completed', 1],
      ['pending', 2],
      ['pending', 2],
      ['pending', 2],
      ['pending', 2],
    ]);
    expect(night.it.phases[2]?.gates[0]).toMatchObject({ run: null, signed: [], exception: null });
    expect([night.step(1).tick, night.step(2).tick?.person]).toEqual([null, 'ana']);
    expect(night.readiness.openPhases).toEqual(['building', 'testing']);
  });

  test('[REL-9] whoever moves on without knowing of a restart is told who went back', () => {
    const night = ready();
    const basis = night.it.version;
    night.do('lea', { verb: 'restart-phase', phase: 'building', reason: 'A fault' });
    expect(night.run('system', { verb: 'transition', to: 'no_go', reason: 'x' }, { basis })).toMatchObject(
      refusedFor('release-moved', { state: 'building', by: 'lea' }),
    );
  });

  test('[REL-15] deployment is not restarted, nor what was before it', () => {
    const night = deploying();
    for (const phase of ['building', 'deploying'])
      expect(night.run('lea', { verb: 'restart-phase', phase, reason: 'x' })).toMatchObject(
        refusedFor('phase-of-other-stage', { state: 'deploying' }),
      );
    night.do('lea', { verb: 'complete-phase', phase: 'deploying' }).to('hypercare').through('hypercare');
    expect(night.run('lea', { verb: 'restart-phase', phase: 'hypercare', reason: 'x' }).ok).toBe(true);
  });

  test.each([
    [
      [...two]
        .toReversed()
        .map((phase, at) => ({ ...phase, stage: at === 0 ? 'building' : 'planning' }) as const),
      'stage',
    ],
    [[two[0], two[0]].filter((each) => each !== undefined), 'phase'],
    [withGate({ id: '', name: 'x', rule: { kind: 'changes-closed' } }), 'gate'],
    [withGate({ id: 'g', name: 'x', rule: { kind: 'sign-offs', people: [] } }), 'people'],
    [
      withGate({
        id: 'g',
        name: 'x',
        rule: { kind: 'check', check: 'c', bound: 'at-most', threshold: Number.NaN },
      }),
      'threshold',
    ],
  ] as const)('[REL-16] an unfit plan is refused with its field', (phases, field) => {
    expect(drafted().run('lea', { verb: 'plan-phases', phases })).toMatchObject(
      refusedFor('invalid-value', { field }),
    );
  });

  test('[REL-16] once a phase has begun the plan stands, and no step is left without its section', () => {
    const night = drafted().do('ana', { verb: 'add-steps', steps: [step(1)] });
    expect(night.run('lea', { verb: 'plan-phases', phases: two })).toMatchObject(
      refusedFor('no-such-phase', { phase: 'deploying' }),
    );
    expect(ready().run('lea', { verb: 'plan-phases', phases: PHASES })).toMatchObject(
      refusedFor('phases-begun'),
    );
    const window = { beginsAt: NOW, endsAt: NOW + HOUR };
    night.do('lea', { verb: 'reschedule-phase', phase: 'testing', ...window });
    expect(night.it.phases[2]).toMatchObject(window);
    expect(
      night.run('lea', { verb: 'reschedule-phase', phase: 'testing', beginsAt: NOW, endsAt: NOW }),
    ).toMatchObject(refusedFor('end-before-begin'));
  });
});
