import type { ReleaseRefusalReason } from '@muster/domain/release';
import { describe, expect, it } from 'vitest';
import { releaseNewsWords } from './release-news.ts';
import { releaseRefusalWords } from './release-refusals.ts';
import { releaseIntentWords } from './releases.ts';
import type { Say } from './say.ts';

const say: Say = {
  person: (id) => (id === 'mara' ? 'Mara Lind' : 'somebody'),
  team: () => 'a team',
  service: () => 'a service',
  record: (id) => (id === 'c1' ? 'CHG-2026-00001' : 'another record'),
  time: () => '23:10',
};

/** Whole by its type: a reason of the domain that is missing here does not compile. */
const REASONS: Readonly<Record<ReleaseRefusalReason, true>> = {
  'no-such-release': true,
  'not-permitted': true,
  'already-exists': true,
  'missing-field': true,
  'invalid-value': true,
  'nothing-to-change': true,
  'end-before-begin': true,
  'unknown-service': true,
  'unknown-person': true,
  'unknown-change': true,
  'unknown-incident': true,
  'release-fixed': true,
  'no-such-transition': true,
  'release-moved': true,
  'phases-open': true,
  'no-such-phase': true,
  'phase-state': true,
  'phase-running': true,
  'phase-waits': true,
  'phase-of-other-stage': true,
  'phases-begun': true,
  'phase-not-over': true,
  'steps-open': true,
  'gates-not-met': true,
  'no-such-gate': true,
  'no-such-check': true,
  'gate-met': true,
  'not-asked': true,
  'already-signed': true,
  'no-such-step': true,
  'step-cycle': true,
  'step-done': true,
  'step-waits': true,
  'step-followed': true,
  'phase-not-running': true,
  'past-no-return': true,
  'rollback-open': true,
  'no-roll-call': true,
  'not-ready': true,
  'readiness-moved': true,
  'already-answered': true,
  'no-go': true,
  'no-alarm': true,
};

describe('refusals of releases in words', () => {
  it.each(Object.keys(REASONS))('%s is a sentence, also without its facts', (reason) => {
    const words = releaseRefusalWords({ code: `release/${reason}` }, say);
    expect(words).toMatch(/^[A-Z0-9].*\.$/);
    expect(words).not.toMatch(/undefined|null|\[object|said no/);
  });

  it('say who was first, and what can be done', () => {
    const moved = { code: 'release/release-moved', state: 'rolling_back', by: 'mara', at: 1 };
    expect(releaseRefusalWords(moved, say)).toMatch(/^Mara Lind made it rolling back at 23:10, before you\./);
    const unready = { code: 'release/not-ready', phases: ['p'], gates: ['g', 'h'] };
    const names = {
      ...say,
      step: () => 's',
      phase: () => 'Build',
      gate: (id: unknown) => `gate ${String(id)}`,
    };
    expect(releaseRefusalWords(unready, names)).toBe(
      'It is not ready: Build not completed and gate g and gate h not met.',
    );
  });

  it('leave those of others to their own words', () => {
    expect(releaseRefusalWords({ code: 'desk/already-sent' }, say)).toMatch(/^This text was sent already/);
  });
});

describe('acts and news of releases in words', () => {
  it('say what was wanted and what is asked', () => {
    expect(releaseIntentWords({ verb: 'tick', step: 's' }, say)).toBe('tick a step of the checklist');
    expect(releaseNewsWords('go-asked', { by: 'mara', title: 'Summer release' }, say)).toBe(
      'Mara Lind asks you for go or no-go: Summer release',
    );
    expect(releaseNewsWords('assigned', {}, say)).toBeNull();
  });
});
