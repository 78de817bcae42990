/** One list of what people wrote and what happened to the record, by the instants both are about. */
import type { EntryKind, TimelineEntry } from '@muster/documents';
import type { Recorded, TicketEvent } from '@muster/domain/shared';
import { reportText } from '#lib/wording/reports.ts';
import { saysAll } from '#lib/ticket/timeline/filter.ts';
import type { TimelineFilter as ShownOf } from '#lib/ticket/timeline/filter.ts';
import { isConversation, recordedWords, type EventWorld } from '#lib/ticket/wording/events.ts';

export interface EventItem {
  readonly type: 'event';
  readonly key: string;
  readonly at: number;
  readonly recorded: Recorded<TicketEvent>;
}

export type TimelineItem =
  | { readonly type: 'entry'; readonly key: string; readonly at: number; readonly entry: TimelineEntry }
  | EventItem;

/** `written`: every kind that people write; `conversation` and `changes`: the record's own events. */
export type KindFilter = 'all' | 'written' | EntryKind | 'conversation' | 'changes';

export type TimelineFilter = ShownOf<KindFilter>;

export const NO_FILTER: TimelineFilter = { kind: 'all', person: '', search: '', withHidden: false };

export interface MergedTimeline {
  readonly items: readonly TimelineItem[];
  /** Hidden entries that would be here. */
  readonly folded: number;
}

/**
 * Entries must be in their order. An event that a visible pin stands for is not said twice. Ties go to the event:
 * what was written about an instant follows what happened then.
 */
export function mergeTimeline(
  entries: readonly TimelineEntry[],
  events: readonly Recorded<TicketEvent>[],
  filter: TimelineFilter,
  world: EventWorld,
): MergedTimeline {
  const pinned = new Set(
    entries.flatMap(({ source, hidden }) => (source?.type === 'event' && !hidden ? [source.ref] : [])),
  );
  const bySeq = new Map(events.map((recorded) => [String(recorded.seq), recorded]));
  const isSearched = filter.search.trim() !== '';
  const says = saysAll(filter.search);
  const fits = (entry: TimelineEntry): boolean => {
    if (filter.person !== '' && entry.by !== filter.person) return false;
    if (!['all', 'written', entry.kind].includes(filter.kind)) return false;
    if (!isSearched) return true;
    const source = entry.source?.type === 'event' ? bySeq.get(entry.source.ref) : undefined;
    return says(`${world.personName(entry.by)} ${entry.text} ${source ? eventText(source, world) : ''}`);
  };
  const written = entries.filter(fits);
  const shown = written.filter(({ hidden }) => !hidden || filter.withHidden);
  const happened = events
    .filter((recorded) => !pinned.has(String(recorded.seq)) || recorded.seq === 0)
    .filter(({ event }) => kindFits(event, filter.kind))
    .filter(({ actor }) => filter.person === '' || actor === filter.person)
    .filter((recorded) => !isSearched || says(eventText(recorded, world)))
    .map((recorded) => ({ type: 'event' as const, key: keyOf(recorded), at: recorded.at, recorded }))
    .sort((a, b) => a.at - b.at);
  return {
    items: zip(happened, shown),
    folded: written.length - written.filter((one) => !one.hidden).length,
  };
}

/** An event with the words that were said in it. */
export function eventText(recorded: Recorded<TicketEvent>, world: EventWorld): string {
  return `${recordedWords(recorded, world)} ${saidIn(recorded.event)}`.trim();
}

/** What somebody said in an event; empty when it is something done. */
export function saidIn(event: TicketEvent): string {
  if (event.type === 'report-sent') return reportText(event);
  return event.type === 'replied' || event.type === 'commented' ? event.text : '';
}

function kindFits(event: TicketEvent, kind: KindFilter): boolean {
  if (kind === 'all') return true;
  if (kind === 'conversation') return isConversation(event);
  return kind === 'changes' && !isConversation(event);
}

/** Pending events have no sequence yet and share a version. */
function keyOf({ seq, version, event, clientAt }: Recorded<TicketEvent>): string {
  return `event:${version}:${event.type}:${seq === 0 ? clientAt : seq}`;
}

function zip(events: readonly EventItem[], entries: readonly TimelineEntry[]): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  let next = 0;
  for (const entry of entries) {
    for (let event = events[next]; event && event.at <= entry.at; event = events[++next]) items.push(event);
    items.push({ type: 'entry', key: entry.id, at: entry.at, entry });
  }
  return [...items, ...events.slice(next)];
}
