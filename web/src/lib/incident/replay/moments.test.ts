import type { TimelineEntry } from '@muster/documents';
import { personId } from '@muster/domain/shared';
import type { Recorded, TicketEvent } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { momentsOf, neighbour, spanOf, strokes } from './moments.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const SECOND = 1_000;

const entry = (writtenAt: number, hidden = false): TimelineEntry => ({
  id: `E${writtenAt}`,
  at: writtenAt - 60_000,
  writtenAt,
  by: personId('mara'),
  kind: 'observation',
  source: null,
  text: 'seen',
  hidden,
  marks: [],
});
const event = (at: number, type: 'phase' | 'state' | 'note', seq = 1): Recorded<TicketEvent> => ({
  seq,
  version: 1,
  actor: personId('mara'),
  at,
  clientAt: at,
  event:
    type === 'phase'
      ? { type: 'phase-moved', phase: 'fixing', before: 'identified', reason: null }
      : type === 'state'
        ? {
            type: 'transitioned',
            from: 'new',
            to: 'in_progress',
            holdReason: null,
            reason: null,
            resolution: null,
          }
        : { type: 'commented', text: 'hm', draft: null },
});
const say = { entry: () => 'entry', event: () => 'event' };

describe('the bar of a replay', () => {
  it('marks what was written when it was written, and changes of phase and state', () => {
    const span = { from: NOON, to: NOON + 100 * SECOND };
    const moments = momentsOf(
      [entry(NOON + 50 * SECOND), entry(NOON + 60 * SECOND, true), entry(NOON + 200 * SECOND)],
      [
        event(NOON + 10 * SECOND, 'phase'),
        event(NOON, 'state'),
        event(NOON, 'note'),
        event(NOON, 'state', 0),
      ],
      say,
      span,
    );
    expect(moments.map(({ at, kind }) => [at - NOON, kind])).toEqual([
      [SECOND, 'state'],
      [11 * SECOND, 'phase'],
      [51 * SECOND, 'entry'],
    ]);
    expect(neighbour(moments, NOON + SECOND, 'next')?.kind).toBe('phase');
    expect(neighbour(moments, NOON + SECOND, 'previous')).toBeUndefined();
    expect(strokes(moments, 'entry', span)).toBe('M510 0V10');
  });

  it('ends when the incident was resolved, or later when something was written after', () => {
    const record = { createdAt: NOON, resolvedAt: NOON + 30 * SECOND };
    expect(spanOf(record, NOON, NOON + 99 * SECOND).to).toBe(NOON + 31 * SECOND);
    expect(spanOf(record, NOON + 40 * SECOND, NOON + 99 * SECOND).to).toBe(NOON + 41 * SECOND);
    expect(spanOf({ ...record, resolvedAt: null }, NOON, NOON + 99 * SECOND).to).toBe(NOON + 100 * SECOND);
    expect(spanOf({ createdAt: NOON, resolvedAt: NOON }, NOON, NOON)).toEqual({
      from: NOON,
      to: NOON + SECOND,
    });
  });
});
