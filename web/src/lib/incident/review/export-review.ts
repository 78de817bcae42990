import type { LiveTimeline } from '#lib/live/live-timeline.ts';
import type { LiveHistory, LiveRoom, Muster, TicketRow } from '#lib/live/muster.ts';
import { sayOf } from '#lib/ticket/acts/say.ts';
import { stateName } from '#lib/ticket/wording/states.ts';
import { isActionMade } from '@muster/domain/incident';
import { eventWorldOf } from '../timeline/event-world.ts';
import { mergeTimeline, NO_FILTER } from '../timeline/merge-timeline.ts';
import { timelineLines } from '../timeline/timeline-markdown.ts';
import { reviewMarkdown } from './review-markdown.ts';

export interface ReviewParts {
  readonly row: TicketRow;
  readonly history: LiveHistory;
  /** Bound to the prose of the review. */
  readonly room: LiveRoom;
  readonly timeline: LiveTimeline;
}

/** The review as it stands on this device at this moment, hidden entries of the timeline left out. */
export function exportReview(muster: Muster, { row, history, room, timeline }: ReviewParts): string {
  const { major } = row;
  if (major === null) return '';
  const world = eventWorldOf(muster);
  const bySeq = new Map(history.events.map((recorded) => [String(recorded.seq), recorded]));
  const entries = timeline.ids.flatMap((id) => timeline.peek(id) ?? []);
  const { items } = mergeTimeline(entries, history.events, NO_FILTER, world);
  return reviewMarkdown({
    title: `${row.number ?? row.token} ${row.title}`,
    ticket: row,
    major,
    prose: room.content(),
    timeline: timelineLines(items, {
      begunAt: row.createdAt,
      world,
      pinned: (ref) => (ref === '0' ? undefined : bySeq.get(ref)),
    }),
    recordOf: (action) => {
      if (!isActionMade(row, action)) return null;
      const record = muster.tickets.get(action.id);
      const name = sayOf(muster).record(action.id);
      return record === undefined ? name : `${name} (${stateName(record.state)})`;
    },
    world,
  });
}
