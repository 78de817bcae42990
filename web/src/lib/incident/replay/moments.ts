/** What the bar of a replay marks: entries of the timeline, and changes of the incident. */
import type { TimelineEntry } from '@muster/documents';
import type { Recorded, TicketEvent } from '@muster/domain/shared';

export interface Moment {
  /** When it is seen: the end of its second. */
  readonly at: number;
  readonly kind: 'entry' | 'phase' | 'state';
  /** What is said of it when it is jumped to. */
  readonly label: string;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const PHASES: ReadonlySet<TicketEvent['type']> = new Set([
  'phase-moved',
  'severity-set',
  'major-proposed',
  'major-accepted',
  'major-demoted',
  'major-rejected',
  'major-closed',
]);

const SECOND = 1_000;
/** Words are with the server within so long after they were written, where there is a network. */
const ON_THE_WAY = 500;

/** The recording tells seconds apart and no less: all of a second is there when it is over. */
function secondAfter(at: number): number {
  return (Math.floor(at / SECOND) + 1) * SECOND;
}

/** From the making of the incident to its resolving, or to now while it goes on; never empty. */
export function spanOf(
  { createdAt, resolvedAt }: { readonly createdAt: number; readonly resolvedAt: number | null },
  lastWrittenAt: number,
  now: number,
): Span {
  const to = resolvedAt === null ? now : Math.max(resolvedAt, lastWrittenAt + ON_THE_WAY);
  return { from: createdAt, to: secondAfter(Math.max(to, createdAt)) };
}

/** Moments within a span, oldest first. Entries stand when they came to the server, not at what they are about. */
export function momentsOf(
  entries: readonly TimelineEntry[],
  events: readonly Recorded<TicketEvent>[],
  say: { entry(entry: TimelineEntry): string; event(recorded: Recorded<TicketEvent>): string },
  { from, to }: Span,
  committedAt: (id: string) => number | null = () => null,
): readonly Moment[] {
  const written = entries
    .filter(({ hidden }) => !hidden)
    .map((entry): Moment => ({
      at: secondAfter(committedAt(entry.id) ?? entry.writtenAt + ON_THE_WAY),
      kind: 'entry',
      label: say.entry(entry),
    }));
  const happened = events.flatMap((recorded): readonly Moment[] => {
    if (recorded.seq === 0) return [];
    const { type } = recorded.event;
    const kind = PHASES.has(type) ? 'phase' : type === 'transitioned' || type === 'created' ? 'state' : null;
    return kind === null ? [] : [{ at: secondAfter(recorded.at), kind, label: say.event(recorded) }];
  });
  return [...written, ...happened].filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
}

/** The next moment after an instant, or the last before it. */
export function neighbour(
  moments: readonly Moment[],
  at: number,
  direction: 'next' | 'previous',
): Moment | undefined {
  return direction === 'next'
    ? moments.find((moment) => moment.at > at)
    : moments.findLast((moment) => moment.at < at);
}

/** One path of upright strokes for the marks of a kind, in a box 1000 wide: thousands are one element. */
export function strokes(moments: readonly Moment[], kind: Moment['kind'], { from, to }: Span): string {
  const places = new Set(
    moments
      .filter((moment) => moment.kind === kind)
      .map(({ at }) => Math.round(((at - from) / (to - from)) * 1000)),
  );
  return [...places].map((place) => `M${place} 0V10`).join('');
}
