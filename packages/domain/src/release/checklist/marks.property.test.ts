import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import { deploying, step, stepId } from '../test-night.ts';
import { standingOf, withMark } from './marks.ts';
import type { Mark } from './step.ts';

const PEOPLE = ['ana', 'bo', 'cem'] as const;

const marks: fc.Arbitrary<readonly Mark[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('ticked' as const, 'unticked' as const, 'evidence' as const),
      person: fc.constantFrom(...PEOPLE).map(personId),
      behind: fc.nat({ max: 5 }),
    }),
    { maxLength: 12, size: 'max' },
  )
  .map((given) =>
    given.map(({ kind, person, behind }, at) => ({
      kind,
      person,
      at: 1_000 + at,
      order: at + 1,
      seen: Math.max(0, at - behind),
    })),
  );

/** The rule again, told for each prefix of the history from those before it. */
function isTicked(history: readonly Mark[]): boolean {
  const done = [false];
  for (const [at, mark] of history.entries()) {
    const was = done.at(-1) ?? false;
    const earlier = history.slice(0, at);
    const knew = (one: Mark | undefined) =>
      one === undefined || one.order <= mark.seen || one.person === mark.person;
    const evidence = earlier.filter(({ kind }) => kind === 'evidence');
    // the mark that made it done, and since when it has been
    const tick = history[done.lastIndexOf(false)];
    const gives = evidence.length === 0 || (knew(tick) && evidence.every(knew));
    done.push(mark.kind === 'ticked' || (was && !(mark.kind === 'unticked' && gives)));
  }
  return done.at(-1) ?? false;
}

describe('marks of several people', () => {
  test('[REL-27] they come to the same in whatever order they are delivered, and twice', () => {
    fc.assert(
      fc.property(
        marks.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }),
          ),
        ),
        ([given, delivered]) => {
          const merged = delivered.reduce<readonly Mark[]>(withMark, []);
          expect(merged).toEqual(given);
          expect(standingOf(merged)).toEqual(standingOf(given));
        },
      ),
    );
  });

  test('[REL-26] a step is done as the rule says, whatever was said of it', () => {
    fc.assert(
      fc.property(marks, (given) => {
        const { tick, contest } = standingOf(given);
        expect(tick !== null).toBe(isTicked(given));
        if (contest !== null) expect(contest.stands.kind).not.toBe(contest.gives.kind);
        if (tick !== null) expect(given).toContain(tick);
      }),
    );
  });

  test('[REL-27] clients that hear of acts in parts come to what the server has', () => {
    const act = fc.record({
      who: fc.constantFrom(...PEOPLE),
      verb: fc.constantFrom('tick' as const, 'untick' as const, 'attach-evidence' as const),
      behind: fc.nat({ max: 6 }),
    });
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 15, size: 'max' }),
        fc.infiniteStream(fc.nat({ max: 99 })),
        (acts, choice) => {
          const night = deploying(step(1));
          const begun = night.history.length;
          for (const [at, { who, verb, behind }] of acts.entries()) {
            const basis = Math.max(begun, night.it.version - behind);
            const what = { step: stepId(1), evidence: stepId(100 + at), text: 'seen' };
            night.run(who, { verb, ...what }, { basis });
          }
          const heard = night.step(1).marks.toSorted(() => (choice.next().value ?? 0) - 50);
          expect(standingOf(heard.reduce<readonly Mark[]>(withMark, []))).toEqual({
            tick: night.step(1).tick,
            contest: night.step(1).contest,
          });
          expect(night.it.version).toBe(night.history.length);
        },
      ),
    );
  });
});
