import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId } from '../shared/index.ts';
import type { ReleaseAct, ReleaseEvent } from './acts.ts';
import { isDone } from './checklist/step.ts';
import { release as decider } from './decider.ts';
import { factsNeeded } from './facts-needed.ts';
import type { FactsNeeded } from './facts-needed.ts';
import type { ReleaseFacts } from './facts.ts';
import { standingOfGate } from './gate/standing.ts';
import { NEEDS_REASON, RELEASE_TRANSITIONS, STAGES_BEFORE } from './lifecycle.ts';
import type { PhasePlan } from './phase/phase.ts';
import { STAGES } from './phase/phase.ts';
import { readinessOf } from './readiness/readiness.ts';
import type { Release, ReleaseState } from './release.ts';
import type { Night } from './test-night.ts';
import { HOUR, asked, change, changeId, deploying, drafted, ready, step, stepId } from './test-night.ts';

const LEADS = ['ana', 'bo', 'cem'].map(personId);

const GATED: readonly PhasePlan[] = STAGES.map((stage) => ({
  id: stage,
  name: stage,
  stage,
  beginsAt: null,
  endsAt: null,
  gates: [
    ...(stage === 'testing'
      ? [
          {
            id: 'tests',
            name: 't',
            rule: { kind: 'check', check: 'tests', bound: 'at-least', threshold: 90 } as const,
          },
        ]
      : []),
    ...(stage === 'building'
      ? [{ id: 'signed', name: 's', rule: { kind: 'sign-offs', people: LEADS.slice(0, 1) } as const }]
      : []),
    ...(stage === 'planning' ? [{ id: 'fit', name: 'f', rule: { kind: 'windows-fit' } as const }] : []),
    ...(stage === 'hypercare'
      ? [{ id: 'closed', name: 'c', rule: { kind: 'changes-closed' } as const }]
      : []),
  ],
}));

type Move =
  | { readonly what: 'act'; readonly who: string; readonly act: ReleaseAct; readonly behind: number }
  /** A lead who read this readiness so many acts ago says go to it. */
  | {
      readonly what: 'answer';
      readonly who: string;
      readonly answer: 'go' | 'no_go';
      readonly behind: number;
    }
  | { readonly what: 'forward'; readonly behind: number }
  | { readonly what: 'change'; readonly n: number; readonly state: string; readonly isOpen: boolean };

const phase = fc.constantFrom(...STAGES);
const some = fc.nat({ max: 2 });
const act: fc.Arbitrary<ReleaseAct> = fc.oneof(
  phase.map((id) => ({ verb: 'start-phase' as const, phase: id })),
  phase.map((id) => ({ verb: 'complete-phase' as const, phase: id })),
  phase.map((id) => ({ verb: 'restart-phase' as const, phase: id, reason: 'again' })),
  fc.constantFrom(1, 50, 95).map((value) => ({ verb: 'report-check' as const, check: 'tests', value })),
  fc.constant({ verb: 'sign-off' as const, gate: 'signed' }),
  fc
    .constantFrom('tests', 'signed', 'fit', 'closed')
    .map((gate) => ({ verb: 'except-gate' as const, gate, reason: 'agreed' })),
  some.map((n) => ({ verb: 'add-changes' as const, changes: [changeId(n)] })),
  some.map((n) => ({ verb: 'remove-changes' as const, changes: [changeId(n)] })),
  some.map((n) => ({ verb: 'tick' as const, step: stepId(n) })),
  some.map((n) => ({ verb: 'untick' as const, step: stepId(n) })),
  some.map((n) => ({ verb: 'edit-step' as const, step: stepId(n), fields: { minutes: n * 7 } })),
  fc.constantFrom('a', 'b').map((title) => ({ verb: 'edit' as const, fields: { title } })),
  fc.constantFrom(1, 2, 3).map((quorum) => ({ verb: 'open-roll-call' as const, leads: LEADS, quorum })),
  fc
    .constantFrom<ReleaseState>('ready', 'no_go', 'go', 'deploying', 'hypercare', 'rolling_back', 'review')
    .map((to) => ({ verb: 'transition' as const, to, reason: 'so it is' })),
);
const behind = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 6 }));
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('act' as const),
      who: fc.constantFrom('lea', 'lea', 'ana'),
      act,
      behind,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('answer' as const),
      who: fc.constantFrom('ana', 'bo', 'cem'),
      answer: fc.constantFrom('go' as const, 'go' as const, 'no_go' as const),
      behind,
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('forward' as const), behind }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('change' as const),
      n: some,
      state: fc.constantFrom('scheduled', 'implement', 'closed'),
      isOpen: fc.boolean(),
    }),
  },
);

/** Before an event: the release, and the facts as they stood when it was decided. */
type Look = (before: Release, event: ReleaseEvent, night: Night) => void;

function play(night: Night, moves: readonly Move[], look: Look): void {
  for (let n = 0; n < 3; n += 1) night.changes.set(changeId(n), change(n));
  const read = [night.readiness.hash];
  for (const each of moves) {
    if (each.what === 'change') {
      const standing = each.isOpen ? 'open' : 'closed';
      night.changes.set(changeId(each.n), change(each.n, { state: each.state, standing }));
      continue;
    }
    const before = night.it;
    const { act: asking, who } = askedFor(night, each, read);
    const basis = Math.max(1, before.version - each.behind);
    const from = night.history.length;
    const context = night.contextOf(who, { basis });
    const lean = decider.decide(before, asking, {
      ...context,
      facts: only(night, factsNeeded(before, asking)),
    });
    expect(night.run(who, asking, { basis })).toEqual(lean);
    let release = before;
    for (const recorded of night.history.slice(from)) {
      look(release, recorded.event, night);
      release = night.it;
    }
    read.push(night.readiness.hash);
  }
}

/** The facts that an act is said to need, and no others. */
function only({ changes, incidents }: Night, needed: FactsNeeded): ReleaseFacts {
  return {
    changes: new Map([...changes].filter(([id]) => needed.changes.includes(id))),
    incidents: new Map([...incidents].filter(([id]) => needed.incidents.includes(id))),
  };
}

function askedFor(
  night: Night,
  each: Exclude<Move, { readonly what: 'change' }>,
  read: readonly string[],
): { readonly who: string; readonly act: ReleaseAct } {
  switch (each.what) {
    case 'act':
      return each;
    case 'answer': {
      const readiness = read[Math.max(0, read.length - 1 - each.behind)] ?? '';
      return { who: each.who, act: { verb: 'answer', answer: each.answer, readiness } };
    }
    case 'forward':
      return { who: 'lea', act: forwards(night.it) };
  }
}

/** What somebody would do next who only wants to get on. */
function forwards({ state, phases, steps, rollCall }: Release): ReleaseAct {
  const open = phases.find((each) => each.stage === state && each.state !== 'completed');
  const step = steps.find((each) => each.phase === open?.id && !isDone(each));
  if (open?.state === 'pending') return { verb: 'start-phase', phase: open.id };
  if (step !== undefined) return { verb: 'tick', step: step.id };
  if (open !== undefined) return { verb: 'complete-phase', phase: open.id };
  if (state === 'ready' && rollCall === null) return { verb: 'open-roll-call', leads: LEADS, quorum: 2 };
  const to = RELEASE_TRANSITIONS[state].find((each) => !NEEDS_REASON.has(each)) ?? 'cancelled';
  return { verb: 'transition', to, reason: 'on' };
}

/** Beginning at the very start, or close to where it matters. */
const nights = fc.constantFrom(
  () => drafted({}, GATED),
  () => ready(step(0), step(1, { after: [stepId(0)] }), step(2, { phase: 'testing' })),
  () => asked(step(0), step(1, { after: [stepId(0)] })),
  () => deploying(step(0), step(1, { after: [stepId(0)] })),
);

describe('whatever anybody does in whatever order', () => {
  let deployed = 0;
  let completed = 0;

  test('[REL-38] nothing is deployed without a go by quorum on the readiness that stands', () => {
    fc.assert(
      fc.property(nights, fc.array(move, { maxLength: 60, size: 'max' }), (begin, moves) => {
        play(begin(), moves, (before, event, { facts }) => {
          if (event.type !== 'transitioned' || (event.to !== 'go' && event.to !== 'deploying')) return;
          const { hash } = readinessOf(before, facts);
          const { leads = [], quorum = Infinity, answers = [] } = before.rollCall ?? {};
          const gone = answers.filter(
            ({ person, answer, readiness }) =>
              answer === 'go' && readiness === hash && leads.includes(person),
          );
          expect(new Set(gone.map(({ person }) => person)).size).toBeGreaterThanOrEqual(quorum);
          deployed += event.to === 'deploying' ? 1 : 0;
        });
      }),
    );
    expect(deployed).toBeGreaterThan(0);
  });

  test('[REL-39] no phase is passed while a gate of it is not met', () => {
    fc.assert(
      fc.property(nights, fc.array(move, { maxLength: 60, size: 'max' }), (begin, moves) => {
        play(begin(), moves, (before, event, { facts }) => {
          const isMet = (id: string) =>
            before.phases
              .filter((each) => each.id === id)
              .flatMap(({ gates }) => gates)
              .every((gate) => {
                const { result } = standingOfGate(gate, before, facts);
                return result === 'compliant' || (result === 'exception' && gate.exception?.by === 'lea');
              });
          if (event.type === 'phase-completed') {
            expect(isMet(event.phase)).toBe(true);
            completed += 1;
          }
          if (event.type !== 'transitioned') return;
          const left = before.phases.filter(({ stage }) => stage === event.from);
          if (!['cancelled', 'rolling_back'].includes(event.to))
            expect(left.every(({ state }) => state === 'completed')).toBe(true);
          if (!['ready', 'go', 'deploying'].includes(event.to)) return;
          for (const each of before.phases.filter(({ stage }) => STAGES_BEFORE.has(stage)))
            expect(each.state === 'completed' && isMet(each.id)).toBe(true);
        });
      }),
    );
    expect(completed).toBeGreaterThan(0);
  });

  test('[REL-8] [REL-11] [REL-24] [REL-48] [REL-49] states, phases and checklist stay whole', () => {
    fc.assert(
      fc.property(nights, fc.array(move, { maxLength: 60, size: 'max' }), (begin, moves) => {
        const night = begin();
        night.now += HOUR;
        play(night, moves, (before, event) => {
          if (event.type === 'transitioned') expect(RELEASE_TRANSITIONS[before.state]).toContain(event.to);
        });
        const { phases, steps, version, state } = night.it;
        expect(version).toBe(night.history.length);
        expect(phases.filter((each) => each.state === 'in_progress').length).toBeLessThanOrEqual(1);
        const open = phases.findIndex((each) => each.state !== 'completed');
        if (open >= 0) expect(phases.slice(open + 1).every((each) => each.state === 'pending')).toBe(true);
        for (const each of steps.filter(isDone))
          expect(each.after.every((id) => steps.some((one) => one.id === id && isDone(one)))).toBe(true);
        if (state === 'no_go' || state === 'draft')
          expect(phases.some((each) => each.state === 'in_progress')).toBe(false);
      }),
    );
  });
});
