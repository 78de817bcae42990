import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deciderOf, lifecycleOf } from './index.ts';
import type { Ticket, TicketEvent } from './shared/index.ts';
import { canRead, clockOf, couldRead, recordId } from './shared/index.ts';
import { flawsAmong, flawsOf, illegalStep } from './shared/test-support/invariants.ts';
import { DIRECTORY, actor, id } from './shared/test-support/organisation.ts';
import { bringMajor } from './shared/test-support/major.ts';
import type { Move } from './shared/test-support/play.ts';
import { move, play } from './shared/test-support/play.ts';
import { HOUR, Records, creating } from './shared/test-support/records.ts';
import { RESOLVE, bring } from './shared/test-support/walk.ts';

/**
 * Random plays of every command by several people with stale bases. fast-check prints seed and path of a failure;
 * `{ seed, path }` beside `numRuns` repeats it.
 */
const RUNS = { numRuns: 400 };

function openRecords(): Records {
  const records = new Records(deciderOf);
  bring(records, 'desk', 'd1', 'new');
  bring(records, 'desk', 'd2', 'in_progress');
  bring(records, 'desk', 'd3', 'resolved');
  bring(records, 'incident', 'i1', 'new');
  bring(records, 'incident', 'i2', 'resolved');
  bringMajor(records, 'i3');
  bringMajor(records, 'i4');
  records.run('ana', 'incident', 'i4', RESOLVE);
  records.run('lea', 'incident', 'i4', { verb: 'move-phase', to: 'learning' });
  records.run('ana', 'incident', 'i4', {
    verb: 'add-review-action',
    action: recordId('01KT0000000000000000000001'),
    text: 'Renew in time',
    owner: id('ana'),
    dueAt: records.now,
  });
  records.run('ana', 'incident', 'i5', creating('incident', { major: { severity: 2 } }));
  return records;
}

function basisOf(records: Records, { record, behind }: Move): number {
  return Math.max(1, records.ticket(record).version - behind);
}

function make(records: Records, one: Move): ReturnType<Records['run']> {
  const options = { basis: basisOf(records, one), clientAt: records.now - one.waited };
  return records.run(one.who, one.process, one.record, one.act, options);
}

describe('any commands by anybody in any order', () => {
  test('[DSK-62] [INC-16] every invariant holds after every command', () => {
    fc.assert(
      fc.property(play, (moves) => {
        const records = openRecords();
        for (const one of moves) {
          const before = records.ticket(one.record);
          const answer = make(records, one);
          const lifecycle = lifecycleOf(one.process);
          if (!answer.ok) expect(answer.refusal.code).toMatch(new RegExp(`^${one.process}/[a-z-]+$`));
          else if (answer.value.superseded !== undefined) expect(answer.value.events).toEqual([]);
          else {
            expect(answer.value.events).not.toEqual([]);
            const flaws = answer.value.events.map((event) =>
              illegalStep(event, before, lifecycle, one.behind > 0),
            );
            expect(flaws.filter((flaw) => flaw !== null)).toEqual([]);
          }
          expect(records.all.flatMap((ticket) => flawsOf(ticket, lifecycleOf(ticket.process)))).toEqual([]);
          expect(flawsAmong(records.all)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('[DSK-62] a ticket’s version counts its events, and folding them again gives the same ticket', () => {
    fc.assert(
      fc.property(play, (moves) => {
        const records = openRecords();
        for (const one of moves) make(records, one);
        for (const ticket of records.all) {
          const history = records.history(ticket.id);
          const { evolve } = deciderOf(ticket.process);
          const folded = history.reduce<Ticket | null>(
            (state, recorded) => evolve(state, recorded, ticket.id),
            null,
          );
          expect(folded).toEqual(ticket);
          expect(ticket.version).toBe(history.length);
        }
      }),
      RUNS,
    );
  });

  test('[INC-128] whoever may not read a ticket is never told of it, whatever was done before', () => {
    fc.assert(
      fc.property(play, (moves) => {
        const records = openRecords();
        for (const one of moves) {
          const answer = make(records, one);
          if (!answer.ok) continue;
          for (const { person } of answer.value.tell) {
            const told = DIRECTORY.people.get(person);
            expect(told !== undefined && couldRead(told, records.ticket(one.record))).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test('[INC-128] whoever may not read a ticket is answered as if it were not there, and moves nothing', () => {
    fc.assert(
      fc.property(play, move, (moves, last) => {
        const records = openRecords();
        for (const one of moves) make(records, one);
        const { who, process, record, act } = last;
        fc.pre(who !== 'system' && act.verb !== 'create' && !canRead(actor(who), records.ticket(record)));
        expect(records.decide(who, process, record, act)).toEqual({
          ok: false,
          refusal: { code: `${process}/no-such-record`, record },
        });
      }),
      RUNS,
    );
  });

  test('[DSK-62] clocks neither run backwards nor count what lies ahead', () => {
    fc.assert(
      fc.property(play, fc.nat(200), (moves, hours) => {
        const records = openRecords();
        for (const one of moves) make(records, one);
        const now = records.now + hours * HOUR;
        for (const ticket of records.all) {
          for (const clock of Object.values(clockOf(ticket, DIRECTORY, now))) {
            expect(clock.elapsedMs).toBeGreaterThanOrEqual(0);
            expect(clock.elapsedMs).toBeLessThanOrEqual(now - ticket.createdAt);
            const later = clockOf(ticket, DIRECTORY, now + HOUR);
            expect(later.resolution.elapsedMs + later.response.elapsedMs).toBeGreaterThanOrEqual(
              clock.elapsedMs,
            );
            if (clock.running && clock.remainingMs !== null && clock.remainingMs > 0) {
              expect(clock.breachAt).toBeGreaterThan(now);
            }
          }
        }
      }),
      RUNS,
    );
  });

  test('[DSK-63] the browser predicts what the server decides, but for the number', () => {
    fc.assert(
      fc.property(play, move, fc.boolean(), (moves, last, isNew) => {
        const records = openRecords();
        for (const one of moves) make(records, one);
        const { who, process } = last;
        const name = isNew ? 'fresh' : last.record;
        const act = isNew ? creating(process) : last.act;
        const predicted = records.decide(who, process, name, act, {}, null);
        const again = records.decide(who, process, name, act, {}, null);
        records.now -= 60_000; // `run` lets a minute pass; here it is the same moment
        const decided = records.run(who, process, name, act);
        expect(again).toEqual(predicted);
        expect(predicted.ok ? predicted.value.events.map(unnumbered) : predicted).toEqual(
          decided.ok ? decided.value.events.map(unnumbered) : decided,
        );
      }),
      RUNS,
    );
  });

  test('[DSK-62] the plays reach every verb, every refusal of a race and every superseding', () => {
    const seen = new Set<string>();
    for (const moves of fc.sample(play, { numRuns: 6000, seed: 20260601 })) {
      const records = openRecords();
      for (const one of moves) {
        const answer = make(records, one);
        if (!answer.ok) seen.add(answer.refusal.code.replace(/^.*\//, ''));
        else seen.add(answer.value.superseded?.reason ?? one.act.verb);
      }
    }
    const expected = [
      ...['claim', 'co-own', 'request-handover', 'assign', 'transition', 'edit', 'override-priority', 'link'],
      ...['unlink', 'merge', 'comment', 'reply', 'watch', 'unwatch', 'snooze', 'unsnooze', 'restrict'],
      ...['already-claimed', 'caller-replied', 'merge-cycle', 'merge-into-merged', 'already-exists'],
      ...['no-such-record', 'not-permitted', 'not-open', 'no-such-transition', 'already-sent'],
      ...['propose-major', 'accept-major', 'reject-major', 'demote-major', 'close-major', 'set-severity'],
      ...['move-phase', 'assign-role', 'renounce-role', 'offer-command', 'answer-command'],
      ...['major-state', 'major-incident', 'no-such-phase', 'major-not-resolved', 'command-held'],
      ...['command-on-offer', 'no-offer', 'severity-raised'],
      ...['begin-review', 'waive-review', 'move-review', 'add-review-action', 'drop-review-action'],
      ...['review-state'],
      ...['priority-raised', 'reopened', 'already-done', 'merged-the-other-way', 'restricted-meanwhile'],
      ...['keeps-out'],
    ];
    expect(expected.filter((one) => !seen.has(one))).toEqual([]);
  });
});

function unnumbered(event: TicketEvent): TicketEvent {
  return event.type === 'created' ? { ...event, number: null } : event;
}

describe('events from elsewhere', () => {
  test('[DSK-60] folding is total: any event on any ticket, or none, gives a ticket', () => {
    const events: fc.Arbitrary<TicketEvent> = play.map((moves) => {
      const records = openRecords();
      for (const one of moves) make(records, one);
      const last = records.all.flatMap((ticket) => records.history(ticket.id)).at(-1);
      return last?.event ?? { type: 'unsnoozed' };
    });
    fc.assert(
      fc.property(fc.array(events, { maxLength: 8 }), (some) => {
        const { evolve } = deciderOf('incident');
        let ticket: Ticket | null = null;
        some.forEach((event, at) => {
          const recorded = { seq: at, version: at + 1, event, actor: id('ana'), at, clientAt: at };
          ticket = evolve(ticket, recorded, recordId('x'));
          expect(ticket).toMatchObject({ id: 'x', version: at + 1, updatedAt: at });
        });
      }),
      { numRuns: 60 },
    );
  });
});
