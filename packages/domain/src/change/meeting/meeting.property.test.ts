import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import { NOW } from '../test-board.ts';
import type { MeetingAct } from './acts.ts';
import { ITEM_VERDICTS, presentIn } from './meeting.ts';
import { Meetings, WEEKLY } from './test-meeting.ts';

const WHO = ['kim', 'lou', 'max', 'ana'] as const;
const change = fc.constantFrom('c1', 'c2', 'c3').map(recordId);
const person = fc.constantFrom(...WHO).map(personId);
const acts: fc.Arbitrary<MeetingAct> = fc.oneof(
  fc.constantFrom<MeetingAct>({ verb: 'open' }, { verb: 'join' }, { verb: 'leave' }, { verb: 'close' }),
  fc.record({ verb: fc.constant('show-item' as const), change: fc.option(change), from: fc.option(change) }),
  fc.record({ verb: fc.constant('place-item' as const), change, before: fc.option(change) }),
  fc.record({
    verb: fc.constant('decide-item' as const),
    change,
    revision: fc.constantFrom(1, 1, 1, 2),
    verdict: fc.constantFrom(...ITEM_VERDICTS),
    note: fc.constant('A note'),
    next: fc.option(change),
  }),
  fc.record({ verb: fc.constant('drop-item' as const), change }),
  fc.record({ verb: fc.constant('add-item' as const), change }),
  fc.record({ verb: fc.constant('hand-over' as const), to: person }),
  fc.record({ verb: fc.constant('take-chair' as const), from: person }),
);
const plays = fc.array(
  fc.record({ who: fc.constantFrom(...WHO), act: acts, behind: fc.nat(4), ms: fc.nat(60_000) }),
  { maxLength: 40 },
);

test('[CHG-99] whatever the order, a live meeting has one chair who is there, and one item is shown', () => {
  fc.assert(
    fc.property(plays, (play) => {
      const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
      for (const { who, act, behind, ms } of play) {
        on.now += ms;
        const before = on.at();
        const answer = on.run(who, act, 'm1', Math.max(0, before.version - behind));
        const after = on.at();
        if (!answer.ok) expect(after).toBe(before);
        expect(after.version).toBe(on.versions);
        if (after.state === 'live') expect(presentIn(after)).toContain(after.chair);
        const open = after.agenda.filter(({ stretches }) => stretches.some(({ to }) => to === null));
        expect(open.map((item) => item.change)).toEqual(after.current === null ? [] : [after.current]);
        expect(new Set(presentIn(after)).size).toBe(presentIn(after).length);
        expect(new Set(after.agenda.map((item) => item.change)).size).toBe(after.agenda.length);
        if (before.state === 'closed') expect(after).toBe(before);
      }
    }),
    { numRuns: 200 },
  );
});
