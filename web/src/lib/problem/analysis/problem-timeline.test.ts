import type { TimelineEntry } from '@muster/documents';
import type { ProblemEvent } from '@muster/domain/problem';
import { personId, recordId } from '@muster/domain/shared';
import type { Recorded } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { sayFrom } from '#lib/wording/say.ts';
import { EVERYTHING, happenedLines, mergeLines } from './problem-timeline.ts';

const ANA = personId('ana');
const say = sayFrom({
  directory: { people: new Map(), teams: new Map(), services: new Map() } as never,
  ...{ me: 'me', reference: (id: string) => `No. ${id}`, moment: String },
});
const name = (id: string) => (id === ANA ? 'Ana' : 'Somebody');

const recorded = (version: number, at: number, event: ProblemEvent): Recorded<ProblemEvent> => ({
  ...{ seq: version, version, event, actor: ANA, at, clientAt: at },
});

const EVENTS = [
  recorded(1, 100, { type: 'incident-linked', incident: null }),
  recorded(2, 200, { type: 'problem-edited', fields: { title: 'Other' }, before: { title: 'One' } }),
  recorded(3, 300, { type: 'known-error-marked', known: true }),
  recorded(4, 400, { type: 'change-linked', change: recordId('C1') }),
];
const INCIDENT = { id: recordId('I1'), title: 'The tunnel drops', createdAt: 50 };

const entry = (id: string, at: number, given: Partial<TimelineEntry> = {}): TimelineEntry => ({
  ...{ id, at, writtenAt: at, by: ANA, kind: 'observation', source: null, text: `Seen ${id}` },
  ...{ hidden: false, marks: [] },
  ...given,
});

const words = (lines: ReturnType<typeof mergeLines>['items']) =>
  lines.map((line) => (line.type === 'entry' ? line.entry.text : line.words));

test('[PRB-14] turning points and the beginnings of incidents stand by themselves, edits do not, and what may not be named has no name', () => {
  expect(happenedLines(EVENTS, [INCIDENT], say).map((line) => line.words)).toEqual([
    'No. I1 began: The tunnel drops',
    'linked an incident that is not for everybody',
    'marked it as a known error',
    'linked No. C1',
  ]);
});

test('[PRB-14] what was written of an instant follows what happened then, and what is hidden is counted', () => {
  const lines = happenedLines(EVENTS, [], say);
  const entries = [entry('a', 10), entry('b', 300), entry('c', 350, { hidden: true })];
  const { items, folded } = mergeLines(entries, lines, EVERYTHING, name);
  expect(words(items)).toEqual([
    'Seen a',
    'linked an incident that is not for everybody',
    'marked it as a known error',
    'Seen b',
    'linked No. C1',
  ]);
  expect(folded).toBe(1);
  expect(words(mergeLines(entries, lines, { ...EVERYTHING, withHidden: true }, name).items)).toContain(
    'Seen c',
  );
});

test('[PRB-14] it is shown by kind, by who, and by words in any order', () => {
  const lines = happenedLines(EVENTS, [INCIDENT], say);
  const entries = [entry('a', 10), entry('b', 20, { kind: 'decision', by: personId('bo') })];
  const shown = (given: Partial<typeof EVERYTHING>) =>
    words(mergeLines(entries, lines, { ...EVERYTHING, ...given }, name).items);
  expect(shown({ kind: 'decision' })).toEqual(['Seen b']);
  expect(shown({ kind: 'happened' })).toHaveLength(4);
  expect(shown({ kind: 'written', person: ANA })).toEqual(['Seen a']);
  expect(shown({ person: 'bo' })).toEqual(['Seen b']);
  expect(shown({ search: 'error KNOWN' })).toEqual(['marked it as a known error']);
  expect(shown({ search: 'ana seen' })).toEqual(['Seen a']);
});
