import { RECORD_ID_CHOICES, makeRecordId } from '@muster/domain/shared';
import type { RecordId, ReviewAction } from '@muster/domain/shared';
import type { Muster, TicketRow } from '#lib/live/muster.ts';
import type { TicketActions } from '#lib/ticket/acts/ticket-actions.svelte.ts';
import { dateOf } from '#lib/ui/time.ts';

/** An id for an action: that of the record which it becomes. */
export function newActionId(now: number): RecordId {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return makeRecordId(now, random % RECORD_ID_CHOICES);
}

/**
 * Makes a request of an action, for its owner and linked to the incident. It has the action's own id: of two people
 * who do this at once, or one who does it twice without a network, the second makes nothing.
 */
export function makeActionRecord(
  muster: Muster,
  actions: Pick<TicketActions, 'run'>,
  incident: TicketRow,
  { id, text, owner, dueAt }: ReviewAction,
): void {
  const team = muster.directory.current.people.get(owner)?.teams[0] ?? null;
  const name = incident.number ?? incident.token;
  const create = {
    verb: 'create' as const,
    kind: 'request' as const,
    title: text,
    description: `From the review of ${name} (${incident.title}). Due ${dateOf(dueAt)}.`,
    impact: 3 as const,
    urgency: 2 as const,
    requester: muster.me.person.id,
    service: incident.service,
    category: null,
    team,
    channel: 'desk' as const,
    restrictedTo: incident.restrictedTo,
  };
  actions.run('desk', id, create, { quiet: true });
  actions.run('desk', id, { verb: 'assign', team, owner }, { quiet: true });
  actions.run('incident', incident.id, { verb: 'link', kind: 'related', target: id });
}
