import type { Directory, Recorded, RecordId, Ticket, TicketEvent } from '../shared/index.ts';
import { calls } from './calls.ts';
import { majorByRule } from './major-by-rule.ts';
import { childrenOf, parentAndChild } from './parent-and-child.ts';
import type { Reaction } from './reaction.ts';
import { replyAfterEnd } from './reply-after-end.ts';

/** What a reaction looks at beside the event and its ticket. */
export interface Surroundings {
  /** The records of `relatedForReactions`, and what they were merged into. */
  readonly related: ReadonlyMap<RecordId, Ticket>;
  readonly directory: Directory;
}

/**
 * What follows from an event, given its ticket after the event. Every reaction is idempotent by its derived id and
 * brings its record nearer to where it leaves it alone, so that nothing goes round.
 */
export function reactionsTo(
  recorded: Recorded<TicketEvent>,
  ticket: Ticket,
  { related, directory }: Surroundings,
): readonly Reaction[] {
  return [
    ...replyAfterEnd(recorded, ticket, related),
    ...parentAndChild(recorded, ticket, related),
    ...majorByRule(recorded, ticket, directory),
    ...calls(recorded, ticket, directory),
  ];
}

/** The other records that reactions to these events need. */
export function relatedForReactions(
  ticket: Ticket,
  recorded: readonly Recorded<TicketEvent>[],
): readonly RecordId[] {
  const moved = recorded.some(({ event }) => event.type === 'transitioned');
  return [...(ticket.mergedInto === null ? [] : [ticket.mergedInto]), ...(moved ? childrenOf(ticket) : [])];
}
