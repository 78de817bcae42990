import { personId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { aPhase, aStep } from '../test-support/parts.ts';
import { linesOf, progressOf } from './outline.ts';
import { stepsOf } from './pasted-steps.ts';

const ME = personId('me');
const NONE: ReadonlySet<string> = new Set();
const tick = { kind: 'ticked', person: ME, at: 1, order: 1, seen: 0 } as const;
const release = {
  phases: [aPhase('testing'), aPhase('deploying'), aPhase('hypercare')],
  steps: [
    aStep('stop', { owner: ME }),
    aStep('rehearse', { phase: 'testing', tick }),
    aStep('copy', { after: ['stop'] }),
    aStep('notes', { after: ['rehearse'] }),
  ],
};

describe('the lines of a checklist', () => {
  it('are the phases in their order, each with its steps', () => {
    expect(linesOf(release, { filter: 'all', me: ME, critical: NONE })).toEqual([
      'phase:testing',
      'step:rehearse',
      'phase:deploying',
      'step:stop',
      'step:copy',
      'step:notes',
    ]);
  });

  it.each([
    ['mine', ['phase:deploying', 'step:stop']],
    ['open', ['phase:deploying', 'step:stop', 'step:copy', 'step:notes']],
    ['blocked', ['phase:deploying', 'step:copy']],
    ['critical', ['phase:testing', 'step:rehearse']],
  ] as const)('filtered by %s leave out the rest, with its sections', (filter, lines) => {
    expect(linesOf(release, { filter, me: ME, critical: new Set(['rehearse']) })).toEqual(lines);
  });

  it('have a progress by section and as a whole', () => {
    expect(progressOf(release.steps)).toEqual({ done: 1, total: 4 });
    expect(progressOf(release.steps, 'deploying')).toEqual({ done: 0, total: 3 });
  });
});

describe('steps that are pasted', () => {
  it('are taken out of plans, lists and spreadsheets', () => {
    const text = [
      '- [ ] Stop the imports (15 min)',
      '2. Copy the database, 2 h',
      '• Tell the desk',
      'Start the imports\t5\tAna',
      'Switch DNS to 10.0.0.7',
      '',
      '   ',
    ].join('\r\n');
    expect(stepsOf(text)).toEqual([
      { title: 'Stop the imports', minutes: 15 },
      { title: 'Copy the database', minutes: 120 },
      { title: 'Tell the desk', minutes: 10 },
      { title: 'Start the imports', minutes: 5 },
      { title: 'Switch DNS to 10.0.0.7', minutes: 10 },
    ]);
  });
});
