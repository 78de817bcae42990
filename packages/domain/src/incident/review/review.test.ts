import { describe, expect, test } from 'vitest';
import type { MajorAct, ReviewState, TicketAct } from '../../shared/index.ts';
import { asSeenBy, audienceOf, phaseOf, recordId } from '../../shared/index.ts';
import { bringMajor } from '../../shared/test-support/major.ts';
import { DIRECTORY, actor, id } from '../../shared/test-support/organisation.ts';
import { Records, creating } from '../../shared/test-support/records.ts';
import { REOPEN, RESOLVE, bring } from '../../shared/test-support/walk.ts';
import { incident, reviewDueAt } from '../index.ts';

const BEGIN: TicketAct = { verb: 'begin-review' };
const WAIVE: TicketAct = { verb: 'waive-review', reason: 'The same as last week.' };
const LEARN: TicketAct = { verb: 'move-phase', to: 'learning' };
const CLOSE: TicketAct = { verb: 'close-major' };
const ACTION = recordId('01KT000000000000000000ACT1');
const ADD: TicketAct = {
  verb: 'add-review-action',
  action: ACTION,
  text: ' Renew certificates in time ',
  owner: id('bo'),
  dueAt: Date.UTC(2026, 5, 12),
};
const DROP: TicketAct = { verb: 'drop-review-action', action: ACTION };
const move = (to: ReviewState, reason?: string): TicketAct => ({
  verb: 'move-review',
  to,
  ...(reason === undefined ? {} : { reason }),
});

/** A resolved major incident that Lea commands. */
function resolved(): Records {
  const records = new Records(() => incident);
  bringMajor(records, 'i1');
  records.run('ana', 'incident', 'i1', RESOLVE);
  return records;
}

/** The same with a review that is begun, and taken as far as asked for. */
function withReview(...steps: readonly TicketAct[]): Records {
  const records = resolved();
  for (const act of [BEGIN, ...steps]) {
    const answer = records.run('lea', 'incident', 'i1', act);
    if (!answer.ok) throw new Error(answer.refusal.code);
  }
  return records;
}

const reviewOf = (records: Records) => records.ticket('i1').major?.review ?? null;

describe('the review after a major incident', () => {
  test('[INC-100] it goes draft, in review, reviewed, closed, and nowhere else', () => {
    const records = withReview();
    expect(records.run('lea', 'incident', 'i1', move('reviewed'))).toMatchObject({
      refusal: { code: 'incident/review-state', state: 'draft', allowed: ['in_review'] },
    });
    for (const to of ['in_review', 'reviewed', 'closed'] as const) {
      expect(records.run('lea', 'incident', 'i1', move(to)).ok).toBe(true);
    }
    expect(reviewOf(records)?.state).toBe('closed');
    expect(records.run('lea', 'incident', 'i1', move('draft', 'More.'))).toMatchObject({
      refusal: { code: 'incident/review-state', state: 'closed', allowed: [] },
    });
  });

  test('[INC-100] sending it back needs a reason', () => {
    const records = withReview(move('in_review'));
    expect(records.run('ana', 'incident', 'i1', move('draft'))).toMatchObject({
      refusal: { code: 'incident/missing-field', field: 'reason' },
    });
    expect(records.run('ana', 'incident', 'i1', move('draft', 'What of the backup?'))).toMatchObject({
      value: { events: [{ type: 'review-moved', to: 'draft', reason: 'What of the backup?' }] },
    });
  });

  test('[INC-101] entering the phase of learning begins it, once', () => {
    const records = resolved();
    expect(records.run('lea', 'incident', 'i1', LEARN)).toMatchObject({
      value: { events: [{ type: 'phase-moved', phase: 'learning' }, { type: 'review-begun' }] },
    });
    records.run('lea', 'incident', 'i1', move('in_review'));
    records.run('ana', 'incident', 'i1', REOPEN);
    records.run('ana', 'incident', 'i1', RESOLVE);
    expect(records.run('lea', 'incident', 'i1', LEARN)).toMatchObject({
      value: { events: [{ type: 'phase-moved', phase: 'learning' }] },
    });
    expect(reviewOf(records)?.state).toBe('in_review');
  });

  test('[INC-101] beginning the review of what is resolved enters learning, and it may close', () => {
    const records = withReview();
    expect(phaseOf(records.ticket('i1').major)).toBe('learning');
    expect(records.run('lea', 'incident', 'i1', CLOSE).ok).toBe(true);
  });

  test('[INC-102] only what was accepted and is resolved has one', () => {
    const records = new Records(() => incident);
    bringMajor(records, 'i1');
    expect(records.run('ana', 'incident', 'i1', BEGIN)).toMatchObject({
      refusal: { code: 'incident/major-not-resolved', phase: 'triage' },
    });
    records.run('ana', 'incident', 'i2', creating('incident', { major: { severity: 2 } }));
    expect(records.run('lea', 'incident', 'i2', BEGIN)).toMatchObject({
      refusal: { code: 'incident/major-state', state: 'proposed' },
    });
    bring(records, 'incident', 'i3', 'resolved');
    expect(records.run('ana', 'incident', 'i3', BEGIN)).toMatchObject({
      refusal: { code: 'incident/major-state', state: null },
    });
  });

  test('[INC-102] it goes on after the incident is closed', () => {
    const records = withReview(CLOSE);
    expect(records.ticket('i1').state).toBe('closed');
    expect(records.run('ana', 'incident', 'i1', ADD).ok).toBe(true);
    expect(records.run('ana', 'incident', 'i1', move('in_review')).ok).toBe(true);
  });

  test('[INC-103] the worse the severity the sooner it is due, and a lesser one has no term', () => {
    const records = resolved();
    const severity = (worse: 1 | 2 | 3): TicketAct => ({ verb: 'set-severity', severity: worse });
    const due = () => reviewDueAt(records.ticket('i1'), DIRECTORY);
    expect(due()).toBeNull();
    records.run('lea', 'incident', 'i1', severity(2));
    // resolved on Monday 1 June 2026; the fifth business day after it ends at 17:00 in Zurich
    expect(due()).toBe(Date.parse('2026-06-08T17:00+02:00'));
    records.run('lea', 'incident', 'i1', severity(1));
    expect(due()).toBe((records.ticket('i1').resolvedAt ?? 0) + 3 * 24 * 3_600_000);
    for (const act of [BEGIN, move('in_review'), move('reviewed')]) records.run('lea', 'incident', 'i1', act);
    expect(due()).toBeNull();
  });

  test('[INC-104] a manager says with a reason that none is required, and the incident may close', () => {
    const records = resolved();
    expect(records.run('ana', 'incident', 'i1', WAIVE)).toMatchObject({
      refusal: { code: 'incident/not-permitted', permission: 'incident.manage-major' },
    });
    expect(records.run('lea', 'incident', 'i1', { ...WAIVE, reason: ' ' } as MajorAct)).toMatchObject({
      refusal: { code: 'incident/missing-field', field: 'reason' },
    });
    records.run('lea', 'incident', 'i1', WAIVE);
    expect(reviewOf(records)).toMatchObject({ state: 'not_required', reason: 'The same as last week.' });
    expect(records.run('lea', 'incident', 'i1', CLOSE).ok).toBe(true);
    expect(records.run('ana', 'incident', 'i1', BEGIN).ok).toBe(true);
    expect(reviewOf(records)).toMatchObject({ state: 'draft', reason: null });
  });

  test('[INC-104] what is more than a draft, or was begun unseen, is not called off', () => {
    const records = resolved();
    const basis = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', BEGIN);
    expect(records.run('lea', 'incident', 'i1', WAIVE, { basis })).toMatchObject({
      refusal: { code: 'incident/review-state', state: 'draft', by: id('ana') },
    });
    records.run('ana', 'incident', 'i1', move('in_review'));
    expect(records.run('lea', 'incident', 'i1', WAIVE)).toMatchObject({
      refusal: { code: 'incident/review-state', state: 'in_review' },
    });
  });

  test('[INC-105] who works on incidents writes and hands it in, leaders review and close it', () => {
    const records = resolved();
    expect(records.run('rita', 'incident', 'i1', BEGIN)).toMatchObject({
      refusal: { code: 'incident/not-permitted' },
    });
    for (const act of [BEGIN, ADD, DROP, move('in_review')]) {
      expect(records.run('bo', 'incident', 'i1', act).ok).toBe(true);
    }
    expect(records.run('bo', 'incident', 'i1', move('reviewed'))).toMatchObject({
      refusal: { code: 'incident/not-permitted', permission: 'incident.manage-major' },
    });
    expect(records.run('ana', 'incident', 'i1', move('reviewed')).ok).toBe(true);
  });

  test('[INC-106] of two who begin or move it at once the second is shown the first', () => {
    const records = resolved();
    const basis = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', BEGIN);
    expect(records.run('bo', 'incident', 'i1', BEGIN, { basis })).toMatchObject({
      value: { events: [], superseded: { reason: 'already-done', by: { person: id('ana') } } },
    });
    const seen = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', move('in_review'));
    expect(records.run('bo', 'incident', 'i1', move('in_review'), { basis: seen })).toMatchObject({
      value: { events: [], superseded: { by: { what: 'review-moved' } } },
    });
    const handedIn = records.ticket('i1').version;
    records.run('ana', 'incident', 'i1', move('reviewed'));
    expect(records.run('bo', 'incident', 'i1', move('draft', 'Wait.'), { basis: handedIn })).toMatchObject({
      refusal: { code: 'incident/review-state', state: 'reviewed', by: id('ana') },
    });
  });
});

describe('actions of a review', () => {
  test('[INC-107] each has words, an owner who can do it and a due date', () => {
    const records = withReview();
    const odd = (changes: object): TicketAct => ({ ...ADD, ...changes }) as TicketAct;
    const tries = [
      [odd({ text: ' ' }), { code: 'incident/missing-field', field: 'text' }],
      [odd({ owner: id('rita') }), { code: 'incident/invalid-value', field: 'owner' }],
      [odd({ owner: 'nobody' }), { code: 'incident/unknown-person' }],
      [odd({ dueAt: Number.NaN }), { code: 'incident/invalid-value', field: 'dueAt' }],
      [odd({ action: 'odd' }), { code: 'incident/invalid-value', field: 'action' }],
    ] as const;
    for (const [act, refusal] of tries) {
      expect(records.run('ana', 'incident', 'i1', act)).toMatchObject({ refusal });
    }
    records.run('ana', 'incident', 'i1', ADD);
    expect(reviewOf(records)?.actions).toEqual([
      { id: ACTION, text: 'Renew certificates in time', owner: id('bo'), dueAt: Date.UTC(2026, 5, 12) },
    ]);
  });

  test('[INC-108] two who make its record at once make one, and then it stays', () => {
    const records = withReview(ADD);
    const make = creating('incident', { title: 'Renew certificates in time' });
    expect(records.run('ana', 'incident', ACTION, make).ok).toBe(true);
    expect(records.run('bo', 'incident', ACTION, make)).toMatchObject({
      refusal: { code: 'incident/already-exists' },
    });
    records.run('ana', 'incident', 'i1', { verb: 'link', kind: 'related', target: ACTION });
    expect(records.run('bo', 'incident', 'i1', DROP)).toMatchObject({
      refusal: { code: 'incident/review-action-made', record: ACTION },
    });
  });

  test('[INC-109] it closes once each action is a record', () => {
    const records = withReview(ADD, move('in_review'), move('reviewed'));
    expect(records.run('lea', 'incident', 'i1', move('closed'))).toMatchObject({
      refusal: { code: 'incident/review-actions-open', actions: 1 },
    });
    records.run('ana', 'incident', ACTION, creating('incident'));
    records.run('ana', 'incident', 'i1', { verb: 'link', kind: 'related', target: ACTION });
    expect(records.run('lea', 'incident', 'i1', move('closed')).ok).toBe(true);
    expect(
      records.run('lea', 'incident', 'i1', { ...ADD, action: recordId('01KT000000000000000000ACT2') }).ok,
    ).toBe(false);
  });

  test('[INC-111] the caller reads nothing of the review', () => {
    const records = withReview(ADD);
    expect(asSeenBy(actor('rita'), records.ticket('i1')).major?.review).toBeNull();
    const review = records.history('i1').filter(({ event }) => event.type.startsWith('review-'));
    expect(review.map(({ event }) => audienceOf(event))).toEqual(['staff', 'staff']);
  });
});
