import { describe, expect, test } from 'vitest';
import { SYSTEM, personId } from '../shared/index.ts';
import type { Recorded } from '../shared/index.ts';
import type { ReleaseEvent } from './acts.ts';
import { release as decider } from './decider.ts';
import { releaseNews } from './news.ts';
import { asked, deploying, ready, step, stepId } from './test-night.ts';
import type { Night } from './test-night.ts';

const [ana, bo, cem] = ['ana', 'bo', 'cem'].map(personId);

/** What the last act told, one line for each: who was told what. */
function newsOf(night: Night, from: number): readonly string[] {
  let state: ReturnType<typeof decider.evolve> | null = null;
  const lines: string[] = [];
  for (const recorded of night.history) {
    const after = decider.evolve(state, recorded, night.target);
    if (recorded.version > from)
      lines.push(...releaseNews(state, after, recorded).map(({ person, kind }) => `${person} ${kind}`));
    state = after;
  }
  return lines.toSorted();
}

function told(night: Night, act: () => unknown): readonly string[] {
  const from = night.it.version;
  act();
  return newsOf(night, from);
}

describe('who hears of a release', () => {
  test('[REL-50] leads are told that they are asked, and of a no-go', () => {
    const night = ready();
    const leads = ['ana', 'bo', 'lea'].map(personId);
    expect(told(night, () => night.do('lea', { verb: 'open-roll-call', leads, quorum: 2 }))).toEqual([
      'ana go-asked',
      'bo go-asked',
    ]);
    expect(told(night, () => night.to('no_go'))).toEqual(['ana no-go', 'bo no-go']);
  });

  test('[REL-51] an owner is told of their steps once, and when the next one is theirs', () => {
    const first = step(1, { owner: ana! });
    const second = step(2, { owner: bo!, after: [stepId(1)] });
    const third = step(3, { owner: bo!, after: [stepId(1)] });
    const fourth = step(4, { owner: cem!, after: [stepId(2), stepId(3)] });
    const night = asked();
    const added = { verb: 'add-steps', steps: [first, second, third, fourth] } as const;
    expect(told(night, () => night.do('cem', added))).toEqual(['ana step-assigned', 'bo step-assigned']);
    const handed = { verb: 'edit-step', step: stepId(1), fields: { owner: cem! } } as const;
    expect(told(night, () => night.do('ana', handed))).toEqual(['cem step-assigned']);
    const longer = { verb: 'edit-step', step: stepId(1), fields: { minutes: 20 } } as const;
    expect(told(night, () => night.do('ana', longer))).toEqual([]);
    night.do('lea', { verb: 'open-roll-call', leads: [ana!, bo!], quorum: 1 });
    night.say('ana', 'go');
    night.to('go', 'deploying');
    expect(told(night, () => night.do('lea', { verb: 'start-phase', phase: 'deploying' }))).toEqual([
      'cem step-next',
    ]);
    expect(told(night, () => night.do('cem', { verb: 'tick', step: stepId(1) }))).toEqual(['bo step-next']);
    expect(told(night, () => night.do('bo', { verb: 'tick', step: stepId(2) }))).toEqual([]);
    expect(told(night, () => night.do('bo', { verb: 'tick', step: stepId(3) }))).toEqual(['cem step-next']);
  });

  test('[REL-52] who answers for it is told of the point of no return, the crew of the way back', () => {
    const passing = deploying(step(1, { noReturn: true, owner: cem! }));
    expect(told(passing, () => passing.do('cem', { verb: 'tick', step: stepId(1) }))).toEqual([
      'ana no-return',
      'bo no-return',
    ]);
    const night = deploying(step(1, { owner: cem! }));
    night.do('cem', { verb: 'tick', step: stepId(1) });
    expect(told(night, () => night.to('rolling_back'))).toEqual([
      'ana rolling-back',
      'bo rolling-back',
      'cem rolling-back',
    ]);
    night.do('cem', { verb: 'roll-back-step', step: stepId(1) });
    expect(told(night, () => night.to('rolled_back'))).toContain('cem rolled-back');
  });

  test('[REL-52] an alarm is told to who owns the release, or made it', () => {
    const night = deploying();
    const event: ReleaseEvent = { type: 'alarm-noted', incident: night.target, items: [] };
    const recorded: Recorded<ReleaseEvent> = {
      ...{ seq: 1, version: 1, at: night.now, clientAt: night.now },
      ...{ event, actor: SYSTEM },
    };
    const heard = (owner: typeof bo | null) =>
      releaseNews(night.it, { ...night.it, owner: owner ?? null }, recorded).map(({ person }) => person);
    expect(heard(bo)).toEqual([bo]);
    expect(heard(null)).toEqual([night.it.madeBy]);
  });
});
