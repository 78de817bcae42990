import type { Instant, Recorded, TicketEvent } from '../../shared/index.ts';

/** ALERT of A8: an episode as the source and people have left it. */
export type AlertState = 'firing' | 'acknowledged' | 'silenced' | 'resolved';

/** Until when an incident's alerts are silenced; null when they are not, or not any more. What was said last counts. */
export function silencedUntil(events: readonly Recorded<TicketEvent>[], now: Instant): Instant | null {
  const last = events.findLast(({ event }) => event.type === 'alerts-silenced')?.event;
  return last?.type === 'alerts-silenced' && last.until > now ? last.until : null;
}

/** The state of one episode: acknowledged are those that had come when somebody said so, silenced all that fire. */
export function alertState(
  episode: { readonly state: 'firing' | 'resolved'; readonly receivedAt: Instant },
  events: readonly Recorded<TicketEvent>[],
  now: Instant,
): AlertState {
  if (episode.state === 'resolved') return 'resolved';
  if (silencedUntil(events, now) !== null) return 'silenced';
  return isAcknowledged(episode, events) ? 'acknowledged' : 'firing';
}

/** Whether somebody said that they have seen it, also while it is silenced. */
export function isAcknowledged(
  { receivedAt }: { readonly receivedAt: Instant },
  events: readonly Recorded<TicketEvent>[],
): boolean {
  return events.some(({ event, at }) => event.type === 'alerts-acknowledged' && at >= receivedAt);
}
