/** Entries of a timeline: what was seen, done, decided and said, each about an instant of its own. */
import type { Instant, PersonId } from '@muster/domain/shared';
import { isUlid } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flag, flat, id, oneOf, optional, text, whole } from '../codec.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { decodeMarks, factOf, marksOf, seenIds } from './marks.ts';
import type { Mark } from './marks.ts';
import { pushMark, pushThing, storedThing, writtenList } from './written-list.ts';

export const ENTRY_KINDS = ['observation', 'action', 'decision', 'communication', 'question', 'pin'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What a pin is of: an event of the record by its sequence, or an alert. It keeps its own time. */
export interface PinSource {
  readonly type: 'event' | 'alert';
  readonly ref: string;
}

interface EntryHead {
  readonly id: string;
  /** The instant it is about when it was written; a mark may set it right. */
  readonly at: Instant;
  readonly writtenAt: Instant;
  /** For display: who really wrote it is in the server's log. */
  readonly by: PersonId;
  readonly kind: EntryKind;
  readonly source: PinSource | null;
}

/** What of an entry may change besides its text. */
export interface EntryFacts {
  readonly at: Instant;
  readonly kind: EntryKind;
  readonly hidden: boolean;
}

export interface TimelineEntry extends EntryHead {
  readonly text: string;
  readonly hidden: boolean;
  readonly marks: readonly Mark<EntryFacts>[];
}

export type NewEntry = EntryHead & { readonly text: string };

export const entryHead = versioned(
  1,
  flat<EntryHead>({
    id: id<string>(),
    at: whole,
    writtenAt: whole,
    by: id<PersonId>(),
    kind: oneOf(ENTRY_KINDS),
    source: optional(flat<PinSource>({ type: oneOf(['event', 'alert']), ref: text })),
  }),
);

export const entryMark = marksOf<EntryFacts>({ at: whole, kind: oneOf(ENTRY_KINDS), hidden: flag });

/** Instants that a calendar can show. */
const LATEST = 8_640_000_000_000_000;

/** An entry from a living list or from a replay. */
export function decodeEntry(path: string, value: unknown): TimelineEntry | Nonconforming {
  const stored = storedThing(value);
  if (stored === null) return { nonconforming: true, path, reason: 'expected an entry' };
  const head = entryHead.decode(`${path}.head`, stored.head);
  if (isNonconforming(head)) return head;
  if (!isUlid(head.id)) return { nonconforming: true, path, reason: 'expected an id' };
  const { marks } = decodeMarks(entryMark, path, stored.marks);
  const at = factOf(marks, 'at', head.at);
  if (!isInstant(at) || !isInstant(head.writtenAt)) {
    return { nonconforming: true, path, reason: 'expected an instant' };
  }
  return {
    ...head,
    at,
    kind: factOf(marks, 'kind', head.kind),
    text: stored.text,
    hidden: factOf(marks, 'hidden', false),
    marks,
  };
}

/** By the instant they are about, then by id: one order for everybody. */
export function compareEntries(
  a: Pick<TimelineEntry, 'at' | 'id'>,
  b: Pick<TimelineEntry, 'at' | 'id'>,
): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** A whole timeline in order. What does not conform, or bears the id of another, is set aside. */
export function readEntries(values: Iterable<unknown>): {
  readonly entries: readonly TimelineEntry[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const entries = new Map<string, TimelineEntry>();
  const nonconforming: Nonconforming[] = [];
  let index = 0;
  for (const value of values) {
    const path = `timeline.${index++}`;
    const entry = decodeEntry(path, value);
    if (isNonconforming(entry)) nonconforming.push(entry);
    else if (entries.has(entry.id)) {
      nonconforming.push({ nonconforming: true, path, reason: 'an entry of this id is there' });
    } else entries.set(entry.id, entry);
  }
  return { entries: [...entries.values()].sort(compareEntries), nonconforming };
}

export function readTimeline(doc: Y.Doc): ReturnType<typeof readEntries> {
  return readEntries(writtenList(doc, 'timeline'));
}

export function addEntry(doc: Y.Doc, entry: NewEntry, origin?: unknown): void {
  const { text: words, ...head } = entry;
  pushThing(doc, 'timeline', entryHead.encode(head), words, origin);
}

/** Changes facts of a living entry. `value` is what the list holds; `mark` names the change, by whom and when. */
export function changeEntry(
  value: unknown,
  mark: Pick<Mark<EntryFacts>, 'id' | 'by' | 'at' | 'set'>,
  origin?: unknown,
): void {
  const entry = decodeEntry('', value);
  if (isNonconforming(entry)) return;
  pushMark(value, entryMark.encode({ ...mark, after: seenIds(entry.marks, mark.set) }), origin);
}

function isInstant(at: number): boolean {
  return Math.abs(at) <= LATEST;
}
