import type { TimelineEntry } from '@muster/documents';
import { personId } from '@muster/domain/shared';
import type { Recorded, TicketEvent } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { mergeTimeline, NO_FILTER } from './merge-timeline.ts';
import { timelineMarkdown } from './timeline-markdown.ts';
import { instantOf, localField, sinceWords } from '#lib/ticket/timeline/words.ts';

const ANA = personId('ana');
const BEN = personId('ben');
const NAMES: Readonly<Record<string, string>> = { ana: 'Ana', ben: 'Ben' };
const world = {
  directory: { people: new Map(), teams: new Map(), services: new Map() } as never,
  personName: (id: string) => NAMES[id] ?? 'Somebody',
  reference: (id: string) => id,
};

const entry = (id: string, at: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id,
  at,
  writtenAt: at,
  by: ANA,
  kind: 'observation',
  text: `words of ${id}`,
  source: null,
  hidden: false,
  marks: [],
  ...more,
});
const event = (seq: number, at: number, what: TicketEvent, actor = BEN): Recorded<TicketEvent> => ({
  seq,
  version: seq,
  event: what,
  actor,
  at,
  clientAt: at,
});
const replied = (seq: number, at: number, text: string) =>
  event(seq, at, { type: 'replied', text, draft: null } as unknown as TicketEvent);
const unsnoozed = (seq: number, at: number) => event(seq, at, { type: 'unsnoozed' } as TicketEvent);
const keysOf = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key.split(':')[0]);

describe('the merged timeline', () => {
  test('[INC-49] what people wrote and what happened stand in one list by their instants, the event first', () => {
    const { items } = mergeTimeline(
      [entry('A', 5), entry('B', 20)],
      [unsnoozed(1, 5), replied(2, 10, 'hello'), unsnoozed(3, 30)],
      NO_FILTER,
      world,
    );
    expect(items.map(({ at }) => at)).toEqual([5, 5, 10, 20, 30]);
    expect(keysOf(items)).toEqual(['event', 'A', 'event', 'B', 'event']);
  });

  test('[INC-50] a pin keeps the time of what is pinned and stands for it; hidden, the event stands again', () => {
    const pin = entry('P', 10, { kind: 'pin', text: '', source: { type: 'event', ref: '2' }, writtenAt: 90 });
    const events = [replied(2, 10, 'hello')];
    expect(keysOf(mergeTimeline([pin], events, NO_FILTER, world).items)).toEqual(['P']);
    const hidden = mergeTimeline([{ ...pin, hidden: true }], events, NO_FILTER, world);
    expect([keysOf(hidden.items), hidden.folded]).toEqual([['event'], 1]);
  });

  test('[INC-44] hidden entries are folded and counted, and shown when asked for', () => {
    const entries = [
      entry('A', 1),
      entry('B', 2, { hidden: true }),
      entry('C', 3, { hidden: true, by: BEN }),
    ];
    const folded = mergeTimeline(entries, [], NO_FILTER, world);
    expect([keysOf(folded.items), folded.folded]).toEqual([['A'], 2]);
    const shown = mergeTimeline(entries, [], { ...NO_FILTER, withHidden: true, person: ANA }, world);
    expect([keysOf(shown.items), shown.folded]).toEqual([['A', 'B'], 1]);
  });

  test.each([
    ['all', '', '', ['A', 'event', 'B', 'event']],
    ['written', '', '', ['A', 'B']],
    ['decision', '', '', ['B']],
    ['conversation', '', '', ['event']],
    ['changes', '', '', ['event']],
    ['all', 'ben', '', ['event', 'B', 'event']],
    ['all', '', 'printer HELLO', ['event']],
    ['all', '', 'of b', ['B']],
  ] as const)('[INC-51] shows %s by %j with %j', (kind, person, search, keys) => {
    const { items } = mergeTimeline(
      [entry('A', 1), entry('B', 3, { kind: 'decision', by: BEN })],
      [replied(1, 2, 'hello printer'), unsnoozed(2, 4)],
      { ...NO_FILTER, kind, person, search },
      world,
    );
    expect(keysOf(items)).toEqual(keys);
  });

  test('[INC-52] as Markdown it stands in the same order, and words stay words', () => {
    const reply = replied(1, 60_000, 'look *here*\n# not a title');
    const { items } = mergeTimeline(
      [entry('A', 0), entry('B', 120_000, { text: '[x](y)' })],
      [reply],
      NO_FILTER,
      world,
    );
    const task = { text: 'call', owner: BEN, dueAt: 0, done: true, evidence: 'seen', hidden: false } as never;
    expect(
      timelineMarkdown(items, { title: 'INC-1', begunAt: 0, tasks: [task], world, pinned: () => undefined }),
    ).toBe(
      [
        '# INC-1',
        '',
        '## Timeline',
        '',
        '- 1970-01-01 00:00 UTC (T+0:00) **Observation**, Ana: words of A',
        '- 1970-01-01 00:01 UTC (T+0:01) **Ben** replied: look \\*here\\*  \n  \\# not a title',
        '- 1970-01-01 00:02 UTC (T+0:02) **Observation**, Ana: \\[x\\](y)',
        '',
        '## Tasks',
        '',
        '- [x] call, Ben, due 1970-01-01 00:00 UTC: seen',
        '',
      ].join('\n'),
    );
  });

  test('times are told since the beginning, and fields give back what they were given', () => {
    expect([sinceWords(0, 0), sinceWords(93_900_000, 0), sinceWords(0, 600_000)]).toEqual([
      'T+0:00',
      'T+26:05',
      'T−0:10',
    ]);
    expect(instantOf(localField(1_700_000_040_000))).toBe(1_700_000_040_000);
    expect(instantOf('')).toBeNull();
  });
});
