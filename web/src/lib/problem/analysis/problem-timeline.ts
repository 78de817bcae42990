/** The timeline of an analysis: what people write, among what happened to the problem and when its incidents began. */
import type { EntryKind, TimelineEntry } from '@muster/documents';
import type { ProblemEvent, ProblemEventType } from '@muster/domain/problem';
import type { Instant, Recorded, RecordId } from '@muster/domain/shared';
import { saysAll } from '#lib/ticket/timeline/filter.ts';
import type { TimelineFilter } from '#lib/ticket/timeline/filter.ts';
import { problemEventWords } from '#lib/wording/problem-words.ts';
import type { Say } from '#lib/wording/say.ts';

export interface HappenedLine {
  readonly type: 'event';
  readonly key: string;
  readonly at: Instant;
  /** Who did it; null where nobody did, as when an incident began. */
  readonly by: string | null;
  /** What was done, after a name; a whole sentence without one. */
  readonly words: string;
  /** The record that it is about, where there is one to open. */
  readonly record: RecordId | null;
}

export type WrittenLine = {
  readonly type: 'entry';
  readonly key: string;
  readonly at: Instant;
  readonly entry: TimelineEntry;
};

export type ProblemLine = WrittenLine | HappenedLine;

export type LineKind = 'all' | 'written' | 'happened' | Exclude<EntryKind, 'pin'>;

export const LINE_KINDS: readonly { readonly value: LineKind; readonly label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'written', label: 'Written here' },
  { value: 'happened', label: 'What happened' },
  { value: 'observation', label: 'Observations' },
  { value: 'action', label: 'Actions' },
  { value: 'decision', label: 'Decisions' },
  { value: 'communication', label: 'Communication' },
  { value: 'question', label: 'Questions' },
];

export const EVERYTHING: TimelineFilter<LineKind> = {
  ...{ kind: 'all', person: '', search: '', withHidden: false },
};

/** What of the history tells how the analysis went; edits, tasks that came and went, and reminders do not. */
const TELLING: ReadonlySet<ProblemEventType> = new Set<ProblemEventType>([
  ...(['problem-opened', 'problem-stepped', 'duplicate-taken-in', 'incident-linked'] as const),
  ...(['incident-unlinked', 'change-linked', 'change-unlinked', 'cause-stated', 'cause-picked'] as const),
  ...(['task-finished', 'workaround-communicated', 'known-error-marked'] as const),
]);

export interface BegunIncident {
  readonly id: RecordId;
  readonly title: string;
  readonly createdAt: Instant;
}

/** The lines that come by themselves, in order: turning points of the problem, and the beginnings of its incidents. */
export function happenedLines(
  events: readonly Recorded<ProblemEvent>[],
  incidents: readonly BegunIncident[],
  say: Say,
): readonly HappenedLine[] {
  const acts = events
    .filter(({ event }) => TELLING.has(event.type))
    .map(({ event, actor, at, version }) => ({
      ...{ type: 'event' as const, key: `event:${version}`, at, by: actor },
      ...{ words: problemEventWords(event, say), record: null },
    }));
  const begun = incidents.map(({ id, title, createdAt }) => ({
    ...{ type: 'event' as const, key: `began:${id}`, at: createdAt, by: null },
    ...{ words: `${say.record(id)} began: ${title}`, record: id },
  }));
  return [...acts, ...begun].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** That beginnings are left out, in words; null where all are here. */
export function missingWords(count: number): string | null {
  if (count === 0) return null;
  return `${count === 1 ? 'how one incident began is' : `how ${count} incidents began is`} not on this device`;
}

/** Entries in their order and lines in theirs as one list; what was written about an instant follows what happened then. */
export function mergeLines(
  entries: readonly TimelineEntry[],
  lines: readonly HappenedLine[],
  filter: TimelineFilter<LineKind>,
  personName: (id: string) => string,
): { readonly items: readonly ProblemLine[]; readonly folded: number } {
  const says = saysAll(filter.search);
  const isAsked = (by: string | null) => filter.person === '' || by === filter.person;
  const written = entries
    .filter(({ kind }) => ['all', 'written', kind].includes(filter.kind))
    .filter(({ by, text }) => isAsked(by) && says(`${personName(by)} ${text}`));
  const happened = ['all', 'happened'].includes(filter.kind)
    ? lines.filter(({ by, words }) => isAsked(by) && says(by === null ? words : `${personName(by)} ${words}`))
    : [];
  const shown = written
    .filter(({ hidden }) => !hidden || filter.withHidden)
    .map((entry) => ({ type: 'entry' as const, key: entry.id, at: entry.at, entry }));
  return {
    items: [...happened, ...shown].sort((a, b) => a.at - b.at),
    folded: written.filter(({ hidden }) => hidden).length,
  };
}
