import { describe, expect, test } from 'vitest';
import { personId } from '../../shared/index.ts';
import { HOUR, NOW, asked, change, changeId, ready, refusedFor } from '../test-night.ts';
import { tallyOf } from './roll-call.ts';

const LEADS = ['ana', 'bo', 'cem'].map(personId);
const open = (leads: readonly string[], quorum: number) =>
  ({ verb: 'open-roll-call', leads: leads.map(personId), quorum }) as const;

const tally = (night: ReturnType<typeof asked>) => {
  if (night.it.rollCall === null) throw new Error('nobody was asked');
  return tallyOf(night.it.rollCall, night.readiness.hash);
};

describe('asking', () => {
  test('[REL-35] the leads of a ready release are asked, with a quorum in reach', () => {
    const night = ready();
    expect(night.run('lea', open([], 1))).toMatchObject(refusedFor('missing-field', { field: 'leads' }));
    for (const quorum of [0, 4, 1.5])
      expect(night.run('lea', open(LEADS, quorum))).toMatchObject(
        refusedFor('invalid-value', { field: 'quorum' }),
      );
    expect(night.run('lea', open(['gone'], 1))).toMatchObject(refusedFor('unknown-person'));
    night.do('ana', { verb: 'report-check', check: 'tests', value: 1 });
    expect(night.run('lea', open(LEADS, 2))).toMatchObject(refusedFor('not-ready', { gates: ['tests'] }));
    night.do('ana', { verb: 'report-check', check: 'tests', value: 95 });
    expect(night.run('lea', open(LEADS, 2)).ok).toBe(true);
    expect(tally(night)).toMatchObject({ go: 0, silent: LEADS, verdict: 'open' });
  });
});

describe('answering', () => {
  test('[REL-36] somebody not asked, a second answer and one for other content are refused', () => {
    const night = asked();
    expect(night.say('lea', 'go')).toMatchObject(refusedFor('not-asked', { person: 'lea' }));
    expect(night.say('ana', 'go', 'other')).toMatchObject(
      refusedFor('readiness-moved', { given: 'other', present: night.readiness.hash }),
    );
    expect(night.say('ana', 'go').ok).toBe(true);
    expect(night.say('ana', 'no_go')).toMatchObject(refusedFor('already-answered', { answer: 'go' }));
    expect(ready().say('ana', 'go')).toMatchObject(refusedFor('no-roll-call'));
    expect(tally(night)).toMatchObject({ go: 1, silent: ['bo', 'cem'] });
  });

  test('[REL-36] an answer given offline has its own time, not before the question', () => {
    const night = asked();
    const readiness = night.readiness.hash;
    night.now = NOW + 2 * HOUR;
    night.do('ana', { verb: 'answer', answer: 'go', note: ' Ready ', readiness }, { clientAt: NOW + HOUR });
    night.do('bo', { verb: 'answer', answer: 'abstain', readiness }, { clientAt: NOW - HOUR });
    expect(night.it.rollCall?.answers.map(({ note, at }) => [note, at])).toEqual([
      ['Ready', NOW + HOUR],
      ['', NOW],
    ]);
  });

  test('[REL-37] an answer given offline is refused when the readiness moved, and given anew', () => {
    const night = asked();
    const read = night.readiness.hash;
    night.with(change(1));
    expect(night.say('ana', 'go', read)).toMatchObject(refusedFor('readiness-moved'));
    expect(night.say('ana', 'go').ok).toBe(true);
  });

  test('[REL-37] answers are void while the readiness is another one', () => {
    const night = asked();
    night.say('ana', 'go');
    night.say('bo', 'go');
    expect(tally(night)).toMatchObject({ go: 2, verdict: 'go', void: [] });
    night.with(change(1));
    expect(tally(night)).toMatchObject({ go: 0, verdict: 'open' });
    expect(tally(night).void.map(({ person }) => person)).toEqual(['ana', 'bo']);
    expect(night.run('lea', { verb: 'transition', to: 'go' })).toMatchObject(
      refusedFor('no-go', { go: 0, quorum: 2, void: 2 }),
    );
    night.do('ana', { verb: 'remove-changes', changes: [changeId(1)] });
    expect(tally(night)).toMatchObject({ go: 2, verdict: 'go' });
  });

  test('[REL-37] it is no-go once the quorum is out of reach', () => {
    const night = asked();
    night.say('ana', 'no_go');
    expect(tally(night).verdict).toBe('open');
    night.say('bo', 'abstain');
    expect(tally(night)).toMatchObject({ noGo: 1, abstain: 1, verdict: 'no_go' });
  });

  test('[REL-38] a go that became void does not start the deployment', () => {
    const night = asked();
    night.say('ana', 'go');
    expect(night.run('lea', { verb: 'transition', to: 'go' })).toMatchObject(refusedFor('no-go', { go: 1 }));
    night.say('bo', 'go');
    night.to('go').with(change(1));
    expect(night.run('lea', { verb: 'transition', to: 'deploying' })).toMatchObject(
      refusedFor('no-go', { void: 2 }),
    );
    night.say('cem', 'go');
    night.say('ana', 'go');
    night.to('deploying');
    expect(night.it.state).toBe('deploying');
  });
});
