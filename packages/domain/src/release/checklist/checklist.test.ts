import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import { HOUR, MINUTE, NOW, deploying, drafted, refusedFor, step, stepId } from '../test-night.ts';
import { actualMs } from './step.ts';

const tick = (n: number) => ({ verb: 'tick', step: stepId(n) }) as const;
const untick = (n: number) => ({ verb: 'untick', step: stepId(n) }) as const;
const evidence = (n: number, id = 900) =>
  ({ verb: 'attach-evidence', step: stepId(n), evidence: stepId(id), text: 'https://ci.test/42' }) as const;

describe('the steps', () => {
  test.each([
    [step(1, { title: ' ' }), 'missing-field', { field: 'title' }],
    [step(1, { minutes: -1 }), 'invalid-value', { field: 'minutes' }],
    [step(1, { phase: 'moon' }), 'no-such-phase', { phase: 'moon' }],
    [step(1, { owner: personId('gone') }), 'unknown-person', { person: 'gone' }],
    [step(1, { after: [stepId(9)] }), 'no-such-step', { step: stepId(9) }],
    [
      step(1, { phase: 'planning', after: [stepId(2)] }),
      'invalid-value',
      { field: 'after', value: stepId(2) },
    ],
    [{ ...step(1), id: 'x' }, 'invalid-value', { field: 'step' }],
  ] as const)('[REL-24] an unfit step is refused', (unfit, code, facts) => {
    const night = drafted();
    expect(night.run('ana', { verb: 'add-steps', steps: [step(2), unfit] })).toMatchObject(
      refusedFor(code, facts),
    );
    expect(night.it.steps).toEqual([]);
  });

  test('[REL-24] a circle is refused with its steps, added or edited', () => {
    const night = drafted();
    const circle = [
      step(1, { after: [stepId(3)] }),
      step(2, { after: [stepId(1)] }),
      step(3, { after: [stepId(2)] }),
    ];
    const answer = night.run('ana', {
      verb: 'add-steps',
      steps: [step(4, { after: [stepId(3)] }), ...circle],
    });
    expect(answer).toMatchObject(refusedFor('step-cycle'));
    const { steps } = (answer as unknown as { readonly refusal: { readonly steps: readonly string[] } })
      .refusal;
    expect(steps.toSorted()).toEqual([1, 2, 3].map(stepId));
    night.do('ana', { verb: 'add-steps', steps: [step(1), step(2, { after: [stepId(1)] })] });
    for (const after of [[stepId(2)], [stepId(1)]])
      expect(night.run('ana', { verb: 'edit-step', step: stepId(1), fields: { after } })).toMatchObject(
        refusedFor('step-cycle'),
      );
  });

  test('[REL-25] a step is ticked while its phase is in progress and what it waits for is done', () => {
    expect(
      drafted()
        .do('ana', { verb: 'add-steps', steps: [step(1)] })
        .run('ana', tick(1)),
    ).toMatchObject(refusedFor('phase-not-running', { state: 'pending' }));
    const night = deploying(step(1), step(2, { after: [stepId(1)] }));
    expect(night.run('ana', tick(2))).toMatchObject(refusedFor('step-waits', { for: [stepId(1)] }));
    expect(night.run('ana', { verb: 'start-step', step: stepId(2) })).toMatchObject(refusedFor('step-waits'));
    night.do('ana', tick(1)).do('bo', tick(2));
    expect(night.it.steps.map((each) => each.tick?.person)).toEqual(['ana', 'bo']);
    expect(night.run('bo', tick(2))).toMatchObject(refusedFor('nothing-to-change'));
  });

  test('[REL-30] a step is not unticked under what was done after it', () => {
    const night = deploying(step(1), step(2, { after: [stepId(1)] }))
      .do('ana', tick(1))
      .do('ana', tick(2));
    expect(night.run('bo', untick(1))).toMatchObject(refusedFor('step-followed', { by: [stepId(2)] }));
    night.do('bo', untick(2)).do('bo', untick(1));
    expect(night.it.steps.map((each) => each.tick)).toEqual([null, null]);
  });

  test('[REL-31] a done step stands, and what waited for a dropped one waits for what that waited for', () => {
    const night = deploying(step(1), step(2, { after: [stepId(1)] }), step(3, { after: [stepId(2)] }));
    night.do('ana', { verb: 'drop-step', step: stepId(2) }).do('ana', tick(1));
    expect(night.step(3).after).toEqual([stepId(1)]);
    expect(night.run('ana', { verb: 'drop-step', step: stepId(1) })).toMatchObject(refusedFor('step-done'));
    expect(night.run('ana', { verb: 'edit-step', step: stepId(1), fields: { minutes: 5 } })).toMatchObject(
      refusedFor('step-done', { by: 'ana' }),
    );
  });

  test('[REL-31] of two edits of a field the later stands, and the author of the first is told', () => {
    const night = deploying(step(1));
    const basis = night.it.version;
    const edit = (fields: object) => ({ verb: 'edit-step', step: stepId(1), fields }) as const;
    night.do('ana', edit({ minutes: 20, title: 'Ana' }));
    expect(night.run('bo', edit({ minutes: 30 }), { basis })).toMatchObject({
      value: { tell: [{ person: 'ana', detail: { step: stepId(1), field: 'minutes', value: 20 } }] },
    });
    expect(night.step(1)).toMatchObject({ minutes: 30, title: 'Ana' });
  });
});

describe('two at once', () => {
  test('[REL-26] an untick that did not know of the tick stands when it comes later, and both are shown', () => {
    const night = deploying(step(1));
    night.do('ana', tick(1)).do('ana', untick(1));
    const basis = night.it.version;
    night.do('ana', tick(1));
    const answer = night.run('bo', untick(1), { basis });
    expect(answer).toMatchObject({ value: { tell: [{ person: 'ana', detail: { field: 'tick' } }] } });
    expect(night.step(1)).toMatchObject({
      tick: null,
      contest: { stands: { kind: 'unticked', person: 'bo' }, gives: { kind: 'ticked', person: 'ana' } },
    });
  });

  test('[REL-26] the tick stands when it comes later', () => {
    const night = deploying(step(1)).do('ana', tick(1));
    const basis = night.it.version;
    night.do('ana', untick(1)).do('bo', tick(1), { basis });
    expect(night.step(1)).toMatchObject({
      tick: { person: 'bo' },
      contest: { stands: { person: 'bo' }, gives: { kind: 'unticked', person: 'ana' } },
    });
  });

  test('[REL-26] the tick stands where evidence is attached, and the untick is shown', () => {
    const night = deploying(step(1));
    const basis = night.it.version;
    night.do('ana', tick(1)).do('ana', evidence(1));
    expect(night.run('bo', untick(1), { basis })).toMatchObject({ ok: true, value: { tell: [] } });
    expect(night.step(1)).toMatchObject({
      tick: { person: 'ana' },
      contest: { stands: { kind: 'ticked', person: 'ana' }, gives: { kind: 'unticked', person: 'bo' } },
    });
    night.do('bo', untick(1));
    expect(night.step(1)).toMatchObject({ tick: null, contest: null });
    expect(night.step(1).evidence).toHaveLength(1);
  });

  test('[REL-26] evidence that came meanwhile keeps a tick that was seen', () => {
    const night = deploying(step(1)).do('ana', tick(1));
    const basis = night.it.version;
    night.do('cem', evidence(1)).do('bo', untick(1), { basis });
    expect(night.step(1)).toMatchObject({ tick: { person: 'ana' }, contest: { gives: { person: 'bo' } } });
  });

  test('[REL-26] the second of two ticks is superseded', () => {
    const night = deploying(step(1));
    const basis = night.it.version;
    night.do('ana', tick(1));
    expect(night.run('bo', tick(1), { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: 'ana' } } },
    });
  });

  test('[REL-29] what was done in a round that was restarted is refused with who restarted it', () => {
    const night = drafted().do('ana', { verb: 'add-steps', steps: [step(1, { phase: 'planning' })] });
    night.to('planning').do('lea', { verb: 'start-phase', phase: 'planning' });
    const basis = night.it.version;
    night.do('lea', { verb: 'restart-phase', phase: 'planning', reason: 'Again' });
    night.do('lea', { verb: 'start-phase', phase: 'planning' });
    for (const act of [tick(1), evidence(1)])
      expect(night.run('ana', act, { basis })).toMatchObject(refusedFor('phase-not-running', { by: 'lea' }));
    expect(night.run('ana', tick(1)).ok).toBe(true);
  });
});

describe('times', () => {
  test('[REL-28] an offline tick has the time at which it was made, a day back at most, and not ahead', () => {
    const night = deploying(step(1), step(2), step(3));
    night.now = NOW + 48 * HOUR;
    night.do('ana', tick(1), { clientAt: night.now - 10 * MINUTE });
    night.do('ana', tick(2), { clientAt: NOW });
    night.do('ana', tick(3), { clientAt: night.now + HOUR });
    const ago = [1, 2, 3].map((n) => (night.now - (night.step(n).tick?.at ?? 0)) / MINUTE);
    expect(ago).toEqual([10, 24 * 60, 0]);
  });

  test('[REL-28] actual minutes count from the start, and a tick is not before it', () => {
    const night = deploying(step(1), step(2));
    night
      .do('ana', { verb: 'start-step', step: stepId(1) })
      .do('ana', { verb: 'start-step', step: stepId(2) });
    expect(night.run('bo', { verb: 'start-step', step: stepId(1) })).toMatchObject(
      refusedFor('nothing-to-change'),
    );
    night.now = NOW + 25 * MINUTE;
    night.do('ana', tick(1)).do('ana', tick(2), { clientAt: NOW - HOUR });
    expect([1, 2].map((n) => actualMs(night.step(n)))).toEqual([25 * MINUTE, 0]);
  });
});
